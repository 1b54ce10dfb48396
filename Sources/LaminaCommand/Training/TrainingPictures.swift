import FoundationEssentials
import Lamina
import LaminaText

/// Pictures for logs: examples of a test set, and weights of the first layer.
struct TrainingPictures {
  /// The maximum number of examples, and how many of them may be mistakes.
  private static let (examples, mistakes) = (32, 24)
  private static let units = 64

  private let dataset: Dataset
  private let network: NetworkDescription
  private let threshold: Double
  private let size: ImageSize
  private let labels: [Int32]

  /// Nil if the inputs are not pictures or the targets not classes.
  ///
  /// - Parameters:
  ///   - dataset: The test set.
  ///   - network: The network.
  ///   - threshold: The probability above which the second of two classes is predicted.
  init?(_ dataset: Dataset, network: NetworkDescription, threshold: Double) {
    guard let size = dataset.imageSize, size.height * size.width == dataset.features,
      case .classes(let labels, _) = dataset.targets
    else { return nil }
    self.dataset = dataset
    self.network = network
    self.threshold = threshold
    self.size = size
    self.labels = labels
  }

  /// The pictures: first the mistakes, by descending confidence of the network, then other
  /// examples.
  ///
  /// - Parameter outputs: The outputs for the data set, one row per example.
  func json(outputs: [Float], _ parameters: NetworkParameters) -> JSON {
    JSON([
      "height": size.height, "width": size.width, "examples": chosen(outputs).map(example),
      "weights": weights(parameters),
    ])
  }

  private struct Guess {
    let index, prediction: Int
    /// The probability of the prediction, or its output if the network gives no probabilities.
    let probability: Double
  }

  private func chosen(_ outputs: [Float]) -> [Guess] {
    let classCount = dataset.outputs
    let logits = network.logits(outputs)
    let guesses = labels.indices.map { index in
      let row = logits[index * classCount..<(index + 1) * classCount]
      let prediction = ClassificationReport.prediction(row, threshold: threshold)
      return Guess(
        index: index, prediction: prediction,
        probability: network.tellsProbabilities
          ? Softmax.probabilities(row)[prediction] : Double(row[row.startIndex + prediction]))
    }
    let wrong = guesses.filter { $0.prediction != Int(labels[$0.index]) }
      .sorted { $0.probability > $1.probability }.prefix(Self.mistakes)
    let right = guesses.filter { $0.prediction == Int(labels[$0.index]) }
      .prefix(Self.examples - wrong.count)
    return Array(wrong + right)
  }

  private func example(_ guess: Guess) -> JSON {
    JSON([
      "index": guess.index, "label": Int(labels[guess.index]), "prediction": guess.prediction,
      "probability": guess.probability,
      "pixels": Data(pixels(of: guess.index)).base64EncodedString(),
    ])
  }

  /// Grey pixels. Numbers are stretched from their minimum to their maximum.
  private func pixels(of index: Int) -> [UInt8] {
    let place = index * dataset.features..<(index + 1) * dataset.features
    switch dataset.inputs {
    case .bytes(let bytes): return Array(bytes[place])
    case .floats(let floats): return stretched(floats[place].map { Double($0) })
    case .doubles(let doubles): return stretched(Array(doubles[place]))
    }
  }

  private func stretched(_ row: [Double]) -> [UInt8] {
    let (least, most) = (row.min() ?? 0, row.max() ?? 0)
    return row.map { most > least ? UInt8(255 * ($0 - least) / (most - least)) : 0 }
  }

  /// The weights of the first units as signed bytes. The largest magnitude of each unit becomes
  /// 127.
  private func weights(_ parameters: NetworkParameters) -> [String] {
    guard let first = network.parameterTensors.first, first.name == "layers.0.weight",
      first.shape.count == 2, first.shape[1] == dataset.features
    else { return [] }
    return (0..<min(Self.units, first.shape[0])).map { unit in
      let row = parameters.tensors[0][unit * dataset.features..<(unit + 1) * dataset.features]
      let most = row.map(abs).max() ?? 0
      let bytes = row.map { weight -> UInt8 in
        guard most > 0, most.isFinite, weight.isFinite else { return 0 }
        return UInt8(bitPattern: Int8(127 * weight / most))
      }
      return Data(bytes).base64EncodedString()
    }
  }
}
