import Lamina
import LaminaData

/// What a model says of one example, in the terms of its data.
public struct Prediction: Sendable, Equatable {
  /// The name of the class; nil for other tasks, and where no output is a number.
  public var className: String?
  /// The labels that apply; empty for other tasks.
  public var labels: [String] = []
  /// The numbers in the unit of the data, or the inputs as an auto-encoder gives them back; empty
  /// for other tasks. Losses of distributions give all parts of all targets, such as means and
  /// standard deviations, in the order of `Loss.outputParts`.
  public var numbers: [Double] = []
  /// The probability of each class or label, in the order of ``TrainedModel/outputs``; nil for other
  /// tasks, and where the network does not tell them.
  public var probabilities: [Float]?
}

extension Prediction {
  /// The predictions for examples whose outputs are given row by row.
  static func all(_ outputs: [Float], of model: Model) -> [Prediction] {
    let (network, names) = (model.description, model.classNames)
    let count = network.outputs
    let rows = outputs.count / count
    let prediction = model.task.prediction(
      outputs, of: network, thresholds: model.thresholds,
      tellsProbabilities: network.tellsProbabilities)
    return (0..<rows).map { row in
      let range = row * count..<(row + 1) * count
      var one = Prediction()
      switch prediction {
      case .classes(let classes, let probabilities):
        one.className = classes[row].map { names[Int($0)] }
        one.probabilities = probabilities.map { Array($0[range]) }
      case .labels(let labels, let probabilities):
        one.labels = range.filter { labels[$0] }.map { names[$0 % count] }
        one.probabilities = probabilities.map { Array($0[range]) }
      case .values(let values): one.numbers = Array(values[range])
      }
      return one
    }
  }
}
