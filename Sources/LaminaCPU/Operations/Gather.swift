import CProcessor
import Lamina

extension Operation.Gather where B == CPUBackend {
  /// Each thread copies and scales its rows.
  func tasks() -> TaskGroup {
    let (copy, count, columns) = (scaledCopy, batch.count, examples.columns)
    return TaskGroup(self, Self.profileName, bytes: movedBytes) { part in
      copy(part.rows(of: count), 0..<columns, part.arguments.firstIndex)
    }
  }

  /// Each thread copies and scales its columns of all rows.
  func tasksByColumns() -> TaskGroup {
    let (copy, count, columns) = (scaledCopy, batch.count, examples.columns)
    var group = TaskGroup(method: "\(TaskGroup.vectors), by columns")
    group.add(
      CPUTask(Self.profileName, work: work, rows: columns, size: .bytes(movedBytes)) { part in
        copy(0..<count, part.rows(of: columns), part.arguments.firstIndex)
      }, accesses.dropLast() + [.matrix("output", output, .write, .columns)])
    return group
  }

  private static var profileName: String { "Gather" }

  private var movedBytes: Int {
    let size = examples.element == .byte ? 1 : 4
    return batch.count * (examples.columns * size + output.stride * 4)
  }

  private var scaledCopy: ScaledCopy {
    switch scaling {
    case .uniform(let scale, let offset):
      scaledCopy(
        bytes: ByteScale(scale: scale, offset: offset),
        floats: FloatScale(scale: scale, offset: offset))
    case .perFeature(let scales, let offsets):
      scaledCopy(
        bytes: FeatureScale<UInt8>(scales: scales.floats, offsets: offsets.floats),
        floats: FeatureScale<Float>(scales: scales.floats, offsets: offsets.floats))
    }
  }

  private func scaledCopy(
    bytes byteScale: some RowScale<UInt8>, floats floatScale: some RowScale<Float>
  ) -> ScaledCopy {
    switch examples.element {
    case .byte: makeScaledCopy(batch, from: examples.buffer.octets, byteScale, to: Rows(output))
    case .float: makeScaledCopy(batch, from: examples.buffer.floats, floatScale, to: Rows(output))
    }
  }
}

/// Copies some columns of the examples of some rows of a batch, which begins at an index.
private typealias ScaledCopy = (_ rows: Range<Int>, _ columns: Range<Int>, _ first: Int) -> Void

/// The examples are at random places in memory, and fetching them would take longer than the rest
/// of a step of a small network. So each row prefetches the example that it will need in the next
/// batch.
private func makeScaledCopy<Scale: RowScale>(
  _ batch: BatchIndices<CPUBackend>, from examples: UnsafeMutablePointer<Scale.Element>,
  _ scale: Scale, to destination: Rows
) -> ScaledCopy {
  let (indices, indexCount) = (batch.indices.buffer.integers, batch.indices.count)
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
