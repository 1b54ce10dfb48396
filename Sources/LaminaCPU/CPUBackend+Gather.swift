public import Lamina

extension CPUBackend {
  /// Copies and scales the rows of a batch, each thread its rows.
  public func enqueueGather(
    _ batch: BatchIndices<CPUBackend>, of examples: Examples<CPUBackend>, scaling: InputScaling,
    into destination: Matrix<CPUBackend>
  ) {
    let (columns, count) = (examples.columns, batch.count)
    submit(
      CPUTask(
        accesses: [
          .reads(batch.indices.storage), .reads(examples.storage), .writesRows(destination),
        ],
        work: count * columns, rows: count
      ) { part in
        for row in part.rows(of: count) {
          let source = Int(batch.indices.storage.integers[part.arguments.firstIndex + row])
          let target = destination.row(row)
          switch examples.element {
          case .byte:
            let bytes = examples.storage.octets + source * columns
            for column in 0..<columns {
              target[column] = Float(bytes[column]) * scaling.scale + scaling.offset
            }
          case .float:
            let floats = examples.storage.floats + source * columns
            for column in 0..<columns {
              target[column] = floats[column] * scaling.scale + scaling.offset
            }
          }
        }
      })
  }
}
