import Lamina
import LaminaConfiguration

/// The factors of the losses of the classes, written as `balanced` or `1,2,0.5`.
struct ClassWeights: OptionValue, CustomStringConvertible {
  let description: String
  /// One number per class; nil for balanced weights.
  private let numbers: [Float]?

  init(parsing text: String) throws {
    description = text
    numbers = text == "balanced" ? nil : try Numbers.parse(text).map { Float($0) }
    if let number = numbers?.first(where: { $0 < 0 || !$0.isFinite }) {
      throw TextError(
        "a class has the weight \(number); give 0 or positive numbers that 32-bit floats can hold")
    }
  }

  /// Multiplies the weights of the examples by those of their classes.
  func apply(to dataset: inout Dataset) throws(InputError) {
    guard case .classes(let labels, let names) = dataset.targets else {
      throw InputError("--class-weights is for classes, and \(dataset.name) has none")
    }
    let weights = numbers ?? Self.balanced(labels, count: names.count)
    guard weights.count == names.count else {
      throw InputError(
        "--class-weights has \(weights.count) numbers, and \(dataset.name) has \(names.count) classes"
      )
    }
    let own = dataset.weights
    dataset.weights = labels.enumerated().map { weights[Int($1)] * (own?[$0] ?? 1) }
  }

  /// The weights of scikit-learn's `class_weight="balanced"`. Classes without examples do not
  /// count.
  private static func balanced(_ labels: [Int32], count: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: count)
    for label in labels { counts[Int(label)] += 1 }
    let occurring = counts.count { $0 > 0 }
    return counts.map { $0 == 0 ? 0 : Float(labels.count) / Float(occurring * $0) }
  }
}

/// The probabilities above which labels are predicted, written as `0.5` or `0.3,0.5`.
struct Thresholds: OptionValue, CustomStringConvertible {
  let description: String
  let numbers: [Double]

  init(parsing text: String) throws {
    description = text
    numbers = try Numbers.parse(text)
    if let number = numbers.first(where: { $0 <= 0 || $0 >= 1 }) {
      throw TextError("a threshold is \(number); it must lie between 0 and 1")
    }
  }

  /// Refuses thresholds if their number does not fit the labels, or if they have no effect.
  func validate(for dataset: Dataset, _ network: NetworkDescription) throws {
    if case .labels(_, let names) = dataset.targets, numbers.count != 1,
      numbers.count != names.count
    {
      throw InputError(
        "--thresholds has \(numbers.count) numbers, and \(dataset.name) has \(names.count) labels")
    }
    try ThresholdSearch.check(network, for: dataset)
    if case .classes = dataset.targets, numbers.count != 1 {
      throw InputError(
        "--thresholds has \(numbers.count) numbers, and two classes have one threshold, that of the "
          + "second class")
    }
  }
}

/// The thresholds of a training, written as numbers, or as `f1` to find those that maximise F1.
enum ThresholdChoice: OptionValue, CustomStringConvertible {
  case given(Thresholds)
  case bestF1

  init(parsing text: String) throws {
    self = text == "f1" ? .bestF1 : .given(try Thresholds(parsing: text))
  }

  /// The numbers that are given.
  var given: Thresholds? { if case .given(let thresholds) = self { thresholds } else { nil } }

  var description: String { given?.description ?? "f1" }
}

/// A method that makes probabilities agree with the shares of right answers.
enum CalibrationMethod: String, CaseIterable, OptionValue {
  case temperature
}

private enum Numbers {
  /// Reads finite numbers, separated by commas.
  static func parse(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part.drop { $0 == " " }), number.isFinite else {
        throw TextError("'\(part)' is not a number; give numbers, separated by commas")
      }
      return number
    }
  }
}
