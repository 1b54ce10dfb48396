import Lamina

extension Operation<ReferenceBackend>.Maxout {
  func compute() {
    for row in 0..<output.rows {
      for column in 0..<output.columns {
        output[row, column] = largestPiece(input, row, column, output.columns).value
      }
    }
  }
}

extension Operation<ReferenceBackend>.MaxoutDelta {
  func compute() {
    let outputs = delta.columns
    for row in 0..<delta.rows {
      for column in 0..<outputs {
        let winner = largestPiece(input, row, column, outputs).piece
        for piece in 0..<input.columns / outputs {
          inputDelta[row, piece * outputs + column] = piece == winner ? delta[row, column] : 0
        }
      }
    }
  }
}

private func largestPiece(
  _ input: Matrix<ReferenceBackend>, _ row: Int, _ column: Int, _ outputs: Int
) -> (value: Double, piece: Int) {
  let values = stride(from: column, to: input.columns, by: outputs).map { input[row, $0] }
  let winner = values.lastIndex(where: \.isNaN) ?? values.firstIndex(of: values.max() ?? 0) ?? 0
  return (values[winner], winner)
}
