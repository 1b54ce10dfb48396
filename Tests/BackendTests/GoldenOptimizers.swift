import Lamina
import Support
import Testing

/// Ten steps of PyTorch's optimisers: `Tests/Golden/optimizers.json`.
struct GoldenOptimizers: Decodable, Sendable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let optimizer: String
    let learningRate: Double
    let options: [String: Double]
    let l1, l2: Float
    let clipValue, clipNorm, weightDecay, maxNorm: Float?
    let losses: [Double]
    let parameters: [[Double]]

    /// The rule that PyTorch followed.
    func rule() throws -> UpdateRule {
      UpdateRule(
        try namedOptimizer(), penalties: Penalties(l1: l1, l2: l2),
        clipping: GradientClipping(value: clipValue, norm: clipNorm), weightDecay: weightDecay,
        maxNorm: maxNorm)
    }

    private func namedOptimizer() throws -> Optimizer {
      let usual = Optimizer.usual.first { $0.key == optimizer }?.value
      let numbers = options.merging(["learning_rate": learningRate]) { $1 }
      return try numbers.reduce(try #require(usual, "there is no optimizer \(optimizer)")) {
        try #require($0.setting($1.key, to: $1.value), "\(optimizer) has no \($1.key)")
      }
    }

    var testDescription: String {
      let numbers = options.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      let others = [
        l1 > 0 ? "l1 \(l1)" : nil, l2 > 0 ? "l2 \(l2)" : nil, clipValue.map { "value \($0)" },
        clipNorm.map { "norm \($0)" }, weightDecay.map { "decay \($0)" },
        maxNorm.map { "maximum norm \($0)" },
      ]
      return ([optimizer] + numbers + others.compactMap(\.self)).joined(separator: ", ")
    }
  }

  let shape: [Int]
  let batchSize: Int
  let steps: Int
  let inputs: [Float]
  let labels: [Int32]
  let initial: [[Float]]
  let cases: [Case]

  static let shared = Result { try GoldenFile.decode(GoldenOptimizers.self, "optimizers") }

  var description: NetworkDescription {
    .classifier(
      inputs: shape[0], hidden: [shape[1]], activation: .tanh, classes: shape[2],
      inputScaling: .identity)
  }

  var dataset: Dataset {
    Dataset(
      name: "golden", inputs: .floats(inputs),
      targets: .classes(labels, classNames: (0..<shape[2]).map(String.init)), features: shape[0])
  }
}
