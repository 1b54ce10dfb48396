import Lamina
import Support
import Testing

/// Ten steps of PyTorch's optimisers: `Tests/Golden/optimizers.json`.
struct GoldenOptimizers: Decodable, Sendable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let optimizer: String
    let learningRate: Float
    let options: Options
    let l1, l2: Float
    let clipValue, clipNorm, weightDecay, maxNorm: Float?
    let losses: [Double]
    let parameters: [[Double]]

    struct Options: Decodable, Sendable {
      let momentum, epsilon: Float?
      let nesterov: Bool?
      let alpha, beta1, beta2: Double?
    }

    /// The rule that PyTorch followed.
    func rule() throws -> UpdateRule {
      UpdateRule(
        try self.rule(named: optimizer), penalties: Penalties(l1: l1, l2: l2),
        clipping: GradientClipping(value: clipValue, norm: clipNorm), weightDecay: weightDecay,
        maxNorm: maxNorm)
    }

    private func rule(named name: String) throws -> Optimizer {
      let adam = Adam(
        learningRate: learningRate, beta1: options.beta1 ?? 0.9, beta2: options.beta2 ?? 0.999,
        epsilon: options.epsilon ?? 1e-8)
      switch name {
      case "sgd":
        return .sgd(
          SGD(
            learningRate: learningRate, momentum: options.momentum ?? 0,
            nesterov: options.nesterov ?? false))
      case "adagrad": return .adagrad(Adagrad(learningRate: learningRate))
      case "rmsProp":
        return .rmsProp(
          RMSProp(
            learningRate: learningRate, alpha: options.alpha ?? 0.99,
            epsilon: options.epsilon ?? 1e-8, momentum: options.momentum ?? 0))
      case "adam": return .adam(adam)
      case "adamW": return .adamW(adam)
      case "lion":
        return .lion(
          Lion(
            learningRate: learningRate, beta1: options.beta1 ?? 0.9, beta2: options.beta2 ?? 0.99))
      default: throw Unknown(name: name)
      }
    }

    var testDescription: String {
      let options = [
        options.momentum.map { "momentum \($0)" }, options.nesterov.map { _ in "nesterov" },
        options.alpha.map { "alpha \($0)" }, options.beta1.map { "beta1 \($0)" },
        l1 > 0 ? "l1 \(l1)" : nil, l2 > 0 ? "l2 \(l2)" : nil, clipValue.map { "value \($0)" },
        clipNorm.map { "norm \($0)" }, weightDecay.map { "decay \($0)" },
        maxNorm.map { "maximum norm \($0)" },
      ]
      return ([optimizer] + options.compactMap(\.self)).joined(separator: ", ")
    }
  }

  struct Unknown: Error { let name: String }

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
