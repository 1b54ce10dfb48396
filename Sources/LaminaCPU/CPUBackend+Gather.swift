import CPrefetch
public import Lamina

extension CPUBackend {
  /// Copies and scales the rows of a batch, each thread its rows.
  public func enqueueGather(
    _ batch: BatchIndices<CPUBackend>, of examples: Examples<CPUBackend>,
    scaling: DeviceScaling<CPUBackend>, into destination: Matrix<CPUBackend>
  ) {
    switch scaling {
    case .uniform(let scale, let offset):
      gather(
        batch, examples, UniformScale(scale: scale, offset: offset), reading: [],
        into: destination)
    case .perFeature(let scales, let offsets):
      gather(
        batch, examples,
        FeatureScale(scales: scales.storage.floats, offsets: offsets.storage.floats),
        reading: [.reads(scales.storage), .reads(offsets.storage)], into: destination)
    }
  }

  private func gather(
    _ batch: BatchIndices<CPUBackend>, _ examples: Examples<CPUBackend>,
    _ scale: some ColumnScale, reading vectors: [CPUTask.Access],
    into destination: Matrix<CPUBackend>
  ) {
    let copyRows: (Range<Int>, Int) -> Void =
      switch examples.element {
      case .byte: scaledCopy(batch, from: examples.storage.octets, scale, to: Rows(destination))
      case .float: scaledCopy(batch, from: examples.storage.floats, scale, to: Rows(destination))
      }
    let count = batch.count
    submit(
      CPUTask(
        accesses: [
          .reads(batch.indices.storage), .reads(examples.storage), .writesRows(destination),
        ] + vectors,
        work: count * examples.columns, rows: count,
        bytes: count
          * (examples.columns * (examples.element == .byte ? 1 : 4) + destination.stride * 4)
      ) { part in
        copyRows(part.rows(of: count), part.arguments.firstIndex)
      })
  }
}

/// Copies the examples of some rows of a batch, scaled; the batch begins at the index that comes
/// second.
///
/// Examples lie anywhere in memory, and fetching them would take longer than all else in a step of
/// a small network: so each row asks for the example that it will need in the next batch.
private func scaledCopy<Element: StoredNumber, Scale: ColumnScale>(
  _ batch: BatchIndices<CPUBackend>, from examples: UnsafeMutablePointer<Element>,
  _ scale: Scale, to destination: Rows
) -> (Range<Int>, Int) -> Void {
  let (indices, indexCount) = (batch.indices.storage.integers, batch.indices.count)
  let (count, columns) = (batch.count, destination.columns)
  return { rows, first in
    for row in rows {
      let next = first + count + row
      if next < indexCount {
        prefetchAll(examples + Int(indices[next]) * columns, count: columns)
      }
      let source = examples + Int(indices[first + row]) * columns
      let target = destination[row]
      for column in 0..<columns {
        target[column] = scale.scaled(source[column].float, column: column)
      }
    }
  }
}

/// The map of one column.
private protocol ColumnScale {
  func scaled(_ x: Float, column: Int) -> Float
}

/// The same map for every column.
private struct UniformScale: ColumnScale {
  let scale, offset: Float

  @inline(__always) func scaled(_ x: Float, column: Int) -> Float { x * scale + offset }
}

/// A map for each column.
private struct FeatureScale: ColumnScale {
  let scales, offsets: UnsafeMutablePointer<Float>

  @inline(__always) func scaled(_ x: Float, column: Int) -> Float {
    x * scales[column] + offsets[column]
  }
}

private func prefetchAll<Element>(_ start: UnsafeMutablePointer<Element>, count: Int) {
  let lineSize = 64
  let address = UnsafeRawPointer(start)
  for offset in stride(from: 0, to: count * MemoryLayout<Element>.stride, by: lineSize) {
    prefetch(address + offset)
  }
}

/// A number of a data set as it is stored.
private protocol StoredNumber {
  var float: Float { get }
}
extension UInt8: StoredNumber {
  @inline(__always) fileprivate var float: Float { Float(self) }
}
extension Float: StoredNumber {
  @inline(__always) fileprivate var float: Float { self }
}
