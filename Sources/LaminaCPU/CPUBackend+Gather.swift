import CPrefetch
public import Lamina

extension CPUBackend {
  /// Copies and scales the rows of a batch, each thread its rows.
  public func enqueueGather(
    _ batch: BatchIndices<CPUBackend>, of examples: Examples<CPUBackend>, scaling: InputScaling,
    into destination: Matrix<CPUBackend>
  ) {
    let copyRows: (Range<Int>, Int) -> Void =
      switch examples.element {
      case .byte: scaledCopy(batch, from: examples.storage.octets, scaling, to: Rows(destination))
      case .float: scaledCopy(batch, from: examples.storage.floats, scaling, to: Rows(destination))
      }
    let count = batch.count
    submit(
      CPUTask(
        accesses: [
          .reads(batch.indices.storage), .reads(examples.storage), .writesRows(destination),
        ],
        work: count * examples.columns, rows: count
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
private func scaledCopy<Element: StoredNumber>(
  _ batch: BatchIndices<CPUBackend>, from examples: UnsafeMutablePointer<Element>,
  _ scaling: InputScaling, to destination: Rows
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
        target[column] = source[column].float * scaling.scale + scaling.offset
      }
    }
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
