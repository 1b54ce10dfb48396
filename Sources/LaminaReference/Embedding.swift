import Lamina

extension Operation<ReferenceBackend>.Embedding {
  func compute() {
    for row in 0..<input.rows {
      for column in 0..<copied { output[row, column] = input[row, column] }
      let category = category(input[row, place.category], of: table.rows)
      for column in 0..<table.columns {
        output[row, place.start + column] = category.map { table[$0, column] } ?? 0
      }
    }
  }
}

extension Operation<ReferenceBackend>.EmbeddingGradients {
  func compute() {
    for category in 0..<gradients.rows {
      let rows = (0..<input.rows).filter { input[$0, place.category] == Double(category) }
      for column in 0..<gradients.columns {
        let sum = rows.reduce(0) { $0 + delta[$1, place.start + column] }
        let old = beta == 0 ? 0 : Double(beta) * gradients[category, column]
        gradients[category, column] = sum + old
      }
    }
  }
}

/// The category that a number names; nil if it names none.
private func category(_ number: Double, of count: Int) -> Int? {
  guard number >= 0, number < Double(count), number.rounded(.down) == number else { return nil }
  return Int(number)
}
