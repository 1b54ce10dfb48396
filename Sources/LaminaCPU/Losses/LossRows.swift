import Lamina

/// The operands of a loss, by address.
struct LossRows {
  let outputs, delta: Rows
  /// The number of targets of an example.
  let targetCount: Int
  let lossScale, scale: Float
  let activation: Activation
  let losses, hits: UnsafeMutablePointer<Float>
  /// One number for each example of the data set; nil for 1.
  let weights: UnsafeMutablePointer<Float>?
  /// The right answers: a class for each example of the data set, or a row of numbers.
  let targets: Targets

  /// The memory of the right answers.
  enum Targets {
    case labels(UnsafeMutablePointer<Int32>)
    case values(UnsafeMutablePointer<Float>)
  }

  /// The right answer for an example.
  @inline(__always)
  func target(of example: Int) -> TargetRow {
    switch targets {
    case .labels(let labels): .label(Int(labels[example]))
    case .values(let values): .values(values + example * targetCount)
    }
  }

  /// The factor of the loss of an example.
  @inline(__always)
  func weight(of example: Int) -> Float { weights.map { $0[example] } ?? 1 }

  /// The position of the first of the largest of `count` numbers.
  static func largest(_ values: UnsafeMutablePointer<Float>, _ count: Int) -> Int {
    var best = 0
    for index in 1..<max(1, count) where values[index] > values[best] { best = index }
    return best
  }
}

/// The right answer for one example: a class, or a row of numbers.
enum TargetRow {
  case label(Int)
  case values(UnsafeMutablePointer<Float>)

  /// The position of the largest number.
  @inline(__always)
  func largest(_ count: Int) -> Int {
    switch self {
    case .label(let label): label
    case .values(let values): LossRows.largest(values, count)
    }
  }
}
