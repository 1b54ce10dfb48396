public import Lamina

extension CPUBackend {
  /// Copies and scales the rows of a batch, each thread its rows, or its columns of all rows.
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
    let copy: (Range<Int>, Range<Int>, Int) -> Void =
      switch examples.element {
      case .byte: scaledCopy(batch, from: examples.storage.octets, scale, to: Rows(destination))
      case .float: scaledCopy(batch, from: examples.storage.floats, scale, to: Rows(destination))
      }
    let (count, columns) = (batch.count, examples.columns)
    let bytes = count * (columns * (examples.element == .byte ? 1 : 4) + destination.stride * 4)
    let reads = [.reads(batch.indices.storage), .reads(examples.storage)] + vectors
    let byColumns = CPUTask(
      accesses: reads + [.writesColumns(destination)], work: count * columns, rows: columns,
      bytes: bytes
    ) { part in copy(0..<count, part.rows(of: columns), part.arguments.firstIndex) }
    submit(
      CPUTask(
        accesses: reads + [.writesRows(destination)], work: count * columns, rows: count,
        bytes: bytes, byColumns: byColumns
      ) { part in copy(part.rows(of: count), 0..<columns, part.arguments.firstIndex) })
  }
}

/// Copies some columns of the examples of some rows of a batch, scaled; the batch begins at the index
/// that comes last.
///
/// Examples lie anywhere in memory, and fetching them would take longer than all else in a step of
/// a small network: so each row asks for the example that it will need in the next batch.
private func scaledCopy<Element: StoredNumber, Scale: ColumnScale>(
  _ batch: BatchIndices<CPUBackend>, from examples: UnsafeMutablePointer<Element>,
  _ scale: Scale, to destination: Rows
) -> (Range<Int>, Range<Int>, Int) -> Void {
  let (indices, indexCount) = (batch.indices.storage.integers, batch.indices.count)
  let (count, width) = (batch.count, destination.columns)
  return { rows, columns, first in
    for row in rows {
      let next = first + count + row
      if next < indexCount {
        (examples + Int(indices[next]) * width + columns.lowerBound).prefetch(count: columns.count)
      }
      let source = examples + Int(indices[first + row]) * width
      let target = destination[row]
      for column in columns {
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
