import CProcessor
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
        batch, examples, bytes: ByteScale(scale: scale, offset: offset),
        floats: FloatScale(scale: scale, offset: offset), reading: [], into: destination)
    case .perFeature(let scales, let offsets):
      let (scale, offset) = (scales.storage.floats, offsets.storage.floats)
      gather(
        batch, examples, bytes: FeatureScale<UInt8>(scales: scale, offsets: offset),
        floats: FeatureScale<Float>(scales: scale, offsets: offset),
        reading: [.reads(scales.storage), .reads(offsets.storage)], into: destination)
    }
  }

  private func gather(
    _ batch: BatchIndices<CPUBackend>, _ examples: Examples<CPUBackend>,
    bytes byteScale: some RowScale<UInt8>, floats floatScale: some RowScale<Float>,
    reading vectors: [CPUTask.Access], into destination: Matrix<CPUBackend>
  ) {
    let copy =
      switch examples.element {
      case .byte:
        scaledCopy(batch, from: examples.storage.octets, byteScale, to: Rows(destination))
      case .float:
        scaledCopy(batch, from: examples.storage.floats, floatScale, to: Rows(destination))
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

/// Copies some columns of the examples of some rows of a batch, which begins at an index.
private typealias ScaledCopy = (_ rows: Range<Int>, _ columns: Range<Int>, _ first: Int) -> Void

/// Examples lie anywhere in memory, and fetching them would take longer than all else in a step of
/// a small network: so each row asks for the example that it will need in the next batch.
private func scaledCopy<Scale: RowScale>(
  _ batch: BatchIndices<CPUBackend>, from examples: UnsafeMutablePointer<Scale.Element>,
  _ scale: Scale, to destination: Rows
) -> ScaledCopy {
  let (indices, indexCount) = (batch.indices.storage.integers, batch.indices.count)
  let (count, width) = (batch.count, destination.columns)
  return { rows, columns, first in
    for row in rows {
      let next = first + count + row
      if next < indexCount {
        (examples + Int(indices[next]) * width + columns.lowerBound).prefetch(count: columns.count)
      }
      scale.scale(examples + Int(indices[first + row]) * width, columns, to: destination[row])
    }
  }
}

/// The map of the columns of an example.
private protocol RowScale<Element> {
  associatedtype Element

  /// Sets some columns of `target` to those of `source`, scaled.
  func scale(
    _ source: UnsafeMutablePointer<Element>, _ columns: Range<Int>,
    to target: UnsafeMutablePointer<Float>)
}

/// The same map for every column of bytes.
private struct ByteScale: RowScale {
  let scale, offset: Float

  @inline(__always)
  func scale(
    _ source: UnsafeMutablePointer<UInt8>, _ columns: Range<Int>,
    to target: UnsafeMutablePointer<Float>
  ) {
    scaleBytes(
      source + columns.lowerBound, target + columns.lowerBound, columns.count, scale, offset)
  }
}

/// The same map for every column of floats.
private struct FloatScale: RowScale {
  let scale, offset: Float

  @inline(__always)
  func scale(
    _ source: UnsafeMutablePointer<Float>, _ columns: Range<Int>,
    to target: UnsafeMutablePointer<Float>
  ) {
    for column in columns { target[column] = source[column] * scale + offset }
  }
}

/// A map for each column.
private struct FeatureScale<Element: StoredNumber>: RowScale {
  let scales, offsets: UnsafeMutablePointer<Float>

  @inline(__always)
  func scale(
    _ source: UnsafeMutablePointer<Element>, _ columns: Range<Int>,
    to target: UnsafeMutablePointer<Float>
  ) {
    for column in columns {
      target[column] = source[column].float * scales[column] + offsets[column]
    }
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
