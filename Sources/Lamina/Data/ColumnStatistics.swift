/// Mean, standard deviation and range of each column of a matrix, computed in `Double`.
struct ColumnStatistics {
  /// The number of rows.
  let count: Int
  private(set) var means: [Double]
  /// With the number of rows as the divisor, as scikit-learn's `StandardScaler` has it.
  private(set) var deviations: [Double]
  private(set) var least: [Double]
  private(set) var largest: [Double]

  init(_ inputs: Dataset.Inputs, columns: Int) {
    switch inputs {
    case .bytes(let bytes): self.init(bytes, columns: columns) { Double($0) }
    case .floats(let floats): self.init(floats, columns: columns) { Double($0) }
    case .doubles(let doubles): self.init(doubles, columns: columns) { $0 }
    }
  }

  init<Number>(_ numbers: [Number], columns: Int, _ double: (Number) -> Double) {
    count = numbers.count / columns
    means = [Double](repeating: 0, count: columns)
    deviations = means
    least = [Double](repeating: .infinity, count: columns)
    largest = [Double](repeating: -.infinity, count: columns)
    guard count > 0 else { return }
    for row in 0..<count {
      for column in 0..<columns {
        let x = double(numbers[row * columns + column])
        means[column] += x
        least[column] = min(least[column], x)
        largest[column] = max(largest[column], x)
      }
    }
    for column in 0..<columns { means[column] /= Double(count) }
    for row in 0..<count {
      for column in 0..<columns {
        let x = double(numbers[row * columns + column]) - means[column]
        deviations[column] += x * x
      }
    }
    for column in 0..<columns {
      deviations[column] = (deviations[column] / Double(count)).squareRoot()
    }
  }

  /// Whether all numbers of a column are equal, so that it cannot be divided by its range.
  func isConstant(_ column: Int) -> Bool { least[column] == largest[column] }
}
