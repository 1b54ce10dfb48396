import FoundationEssentials
import Lamina
import LaminaText

/// Examples of a test set and weights of a first layer as pictures, for logs.
struct TrainingPictures {
  /// The most examples, and how many of them may be mistakes.
  private static let (examples, mistakes) = (32, 24)
  private static let units = 64

  private let dataset: Dataset
  private let size: ImageSize
  private let labels: [Int32]
  private let outputs: [Float]
  private let classCount: Int

  /// Nil where the inputs are no pictures, or an output is missing.
  ///
  /// - Parameter outputs: Logits of the test set, a row an example.
  init?(_ dataset: Dataset, labels: [Int32], outputs: [Float]) {
    guard let size = dataset.imageSize, size.height * size.width == dataset.features,
      !labels.isEmpty, outputs.count == labels.count * dataset.outputs
    else { return nil }
    self.dataset = dataset
    self.size = size
    self.labels = labels
    self.outputs = outputs
    classCount = dataset.outputs
  }

  /// The pictures, the mistakes first, and of these first what the network was surest of.
  func json(_ network: NetworkDescription, _ parameters: NetworkParameters) -> JSON {
    .object([
      "height": .integer(size.height), "width": .integer(size.width),
      "examples": .array(chosen.map(example)),
      "weights": .array(weights(network, parameters).map(JSON.string)),
    ])
  }

  private struct Guess {
    let index: Int
    let prediction: Int
    let probability: Double
  }

  private var chosen: [Guess] {
    let guesses = labels.indices.map { index in
      let row = outputs[index * classCount..<(index + 1) * classCount]
      let prediction = ClassificationReport.prediction(row)
      return Guess(
        index: index, prediction: prediction,
        probability: Softmax.probabilities(row)[prediction])
    }
    let wrong = guesses.filter { $0.prediction != Int(labels[$0.index]) }
      .sorted { $0.probability > $1.probability }.prefix(Self.mistakes)
    let right = guesses.filter { $0.prediction == Int(labels[$0.index]) }
      .prefix(Self.examples - wrong.count)
    return Array(wrong + right)
  }

  private func example(_ guess: Guess) -> JSON {
    .object([
      "index": .integer(guess.index), "label": .integer(Int(labels[guess.index])),
      "prediction": .integer(guess.prediction), "probability": .number(guess.probability),
      "pixels": .string(Data(pixels(of: guess.index)).base64EncodedString()),
    ])
  }

  /// Grey pixels; numbers are stretched from their least to their greatest.
  private func pixels(of index: Int) -> [UInt8] {
    let place = index * dataset.features..<(index + 1) * dataset.features
    switch dataset.inputs {
    case .bytes(let bytes): return Array(bytes[place])
    case .floats(let floats):
      let row = floats[place]
      let (least, most) = (row.min() ?? 0, row.max() ?? 0)
      return row.map { most > least ? UInt8(255 * ($0 - least) / (most - least)) : 0 }
    }
  }

  /// The weights of the first units as signed bytes, the largest of each being 127.
  private func weights(
    _ network: NetworkDescription, _ parameters: NetworkParameters
  ) -> [String] {
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
