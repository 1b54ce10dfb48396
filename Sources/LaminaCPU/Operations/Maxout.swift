import Lamina

extension Operation.Maxout where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let pieces = Pieces(Rows(input), Rows(output))
    return TaskGroup(self, "Maxout") { part in
      let outputs = pieces.outputs
      for row in part.rows(of: outputs.rows) {
        for column in stride(from: 0, to: outputs.columns, by: 16) {
          outputs[row].store(
            pieces.largest(row, column).value, at: column, before: outputs.columns,
            hasPadding: outputs.hasPadding)
        }
      }
    }
  }
}

extension Operation.MaxoutDelta where B == CPUBackend {
  /// Each thread takes its rows.
  func tasks() -> TaskGroup {
    let (d, target) = (Rows(delta), Rows(inputDelta))
    let pieces = Pieces(Rows(input), d)
    return TaskGroup(self, "MaxoutDelta") { part in
      for row in part.rows(of: d.rows) {
        for column in stride(from: 0, to: d.columns, by: 16) {
          let change = d[row].vector(at: column, before: d.columns, hasPadding: d.hasPadding)
          let winner = pieces.largest(row, column).piece
          for piece in 0..<pieces.count {
            let lost = winner .!= SIMD16(repeating: Int32(piece))
            pieces.store(
              change.replacing(with: Floats.zero, where: lost), to: target[row], piece, column)
          }
        }
      }
    }
  }
}

/// A matrix whose rows are several rows of `outputs`, one after the other.
private struct Pieces {
  let outputs: Rows
  let count: Int
  private let inputs: Rows

  init(_ inputs: Rows, _ outputs: Rows) {
    self.inputs = inputs
    self.outputs = outputs
    count = inputs.columns / outputs.columns
  }

  /// The largest number of all pieces in sixteen columns, and the first piece that has it. NaN
  /// counts as largest.
  @inline(__always)
  func largest(_ row: Int, _ column: Int) -> (value: Floats, piece: SIMD16<Int32>) {
    var (best, winner) = (load(row, 0, column), SIMD16<Int32>())
    for piece in 1..<max(1, count) {
      let value = load(row, piece, column)
      let wins = (value .> best) .| (value .!= value)
      best.replace(with: value, where: wins)
      winner.replace(with: SIMD16(repeating: Int32(piece)), where: wins)
    }
    return (best, winner)
  }

  @inline(__always)
  private func load(_ row: Int, _ piece: Int, _ column: Int) -> Floats {
    // Pieces follow each other without padding.
    (inputs[row] + piece * outputs.columns).vector(
      at: column, before: outputs.columns, hasPadding: false)
  }

  @inline(__always)
  func store(_ numbers: Floats, to row: UnsafeMutablePointer<Float>, _ piece: Int, _ column: Int) {
    (row + piece * outputs.columns).store(
      numbers, at: column, before: outputs.columns, hasPadding: false)
  }
}
