public import Lamina

extension CPUBackend {
  /// Copies and scales the rows of a batch, each thread its rows.
  public func enqueueGather(
    _ batch: BatchIndices<CPUBackend>, of examples: Examples<CPUBackend>, scaling: InputScaling,
    into destination: Matrix<CPUBackend>
  ) {
    let (columns, count) = (examples.columns, batch.count)
    let (indices, target) = (batch.indices.storage.integers, Rows(destination))
    let copyRow: (Int, Int) -> Void =
      switch examples.element {
      case .byte: scaledCopy(from: examples.storage.octets, columns, scaling, to: target)
      case .float: scaledCopy(from: examples.storage.floats, columns, scaling, to: target)
      }
    submit(
      CPUTask(
        accesses: [
          .reads(batch.indices.storage), .reads(examples.storage), .writesRows(destination),
        ],
        work: count * columns, rows: count
      ) { part in
        for row in part.rows(of: count) {
          copyRow(Int(indices[part.arguments.firstIndex + row]), row)
        }
      })
  }
}

/// Copies a stored row, whose number comes first, to a row of a matrix, scaled.
private func scaledCopy<Element: StoredNumber>(
  from examples: UnsafeMutablePointer<Element>, _ columns: Int, _ scaling: InputScaling,
  to destination: Rows
) -> (Int, Int) -> Void {
  { example, row in
    let source = examples + example * columns
    let target = destination[row]
    for column in 0..<columns {
      target[column] = source[column].float * scaling.scale + scaling.offset
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
