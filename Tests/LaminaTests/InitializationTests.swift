import Lamina
import Testing

@Suite struct InitializationTests {
  static let description = NetworkDescription(
    inputs: 300, layers: [.dense(outputs: 200, activation: .relu)], loss: .quadratic)

  private func parameters(_ rule: Initialization, seed: UInt64 = 1) -> NetworkParameters {
    NetworkParameters(for: Self.description, initialization: rule, seed: seed)
  }

  struct Expected: Sendable, CustomTestStringConvertible {
    let rule: WeightInitialization
    let mean, variance: Double
    /// No number lies further from the mean; nil for normal numbers.
    let reach: Double?

    var testDescription: String { "\(rule)" }
  }

  /// Uniform numbers in ±a have the variance a² / 3.
  static let expectations: [Expected] = [
    Expected(rule: .pyTorch, mean: 0, variance: 1 / 900, reach: 0.057736),
    Expected(rule: .uniform(low: -1, high: 3), mean: 1, variance: 4.0 / 3, reach: 2),
    Expected(rule: .normal(mean: 2, deviation: 0.5), mean: 2, variance: 0.25, reach: nil),
    Expected(rule: .glorotUniform, mean: 0, variance: 2.0 / 500, reach: 0.109545),
    Expected(rule: .glorotNormal, mean: 0, variance: 2.0 / 500, reach: nil),
    Expected(rule: .heUniform, mean: 0, variance: 2.0 / 300, reach: 0.141422),
    Expected(rule: .heNormal, mean: 0, variance: 2.0 / 300, reach: nil),
    Expected(rule: .leCunUniform, mean: 0, variance: 1.0 / 300, reach: 0.100001),
    Expected(rule: .leCunNormal, mean: 0, variance: 1.0 / 300, reach: nil),
  ]

  /// Of 60,000 numbers the mean is off by 5 of its standard errors once in two million, and the
  /// fourth moment of a normal number makes the relative standard error of the variance √(2 / n).
  @Test(arguments: expectations)
  func numbersHaveTheirMoments(expected: Expected) {
    let numbers = parameters(Initialization(expected.rule)).tensors[0].map(Double.init)
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(abs(mean - expected.mean) < 5 * (expected.variance / count).squareRoot())
    #expect(abs(variance / expected.variance - 1) < 5 * (2 / count).squareRoot())
    let furthest = numbers.map { abs($0 - expected.mean) }.max() ?? 0
    if let reach = expected.reach {
      #expect(furthest <= reach && furthest > 0.999 * reach)
    } else {
      // Of 60,000 normal numbers the largest lies beyond 3.5 deviations but for one in 10^12 runs.
      let deviations = furthest / expected.variance.squareRoot()
      #expect(deviations > 3.5 && deviations < 6.7)
      let skew = numbers.reduce(0) { $0 + pow3(($1 - mean) / variance.squareRoot()) } / count
      #expect(abs(skew) < 5 * (6 / count).squareRoot())
      let within =
        Double(
          numbers.count { abs($0 - mean) < variance.squareRoot() }) / count
      #expect(abs(within - 0.6827) < 0.01)
    }
  }

  private func pow3(_ x: Double) -> Double { x * x * x }

  @Test func constantsAndBiases() {
    let zeros = parameters(Initialization(.constant(0), bias: .constant(0.1)))
    #expect(zeros.tensors[0].allSatisfy { $0 == 0 })
    #expect(zeros.tensors[1] == [Float](repeating: 0.1, count: 200))
    #expect(parameters(Initialization(.heNormal)).tensors[1].allSatisfy { $0 == 0 })
    #expect(parameters(Initialization(.heNormal, bias: .pyTorch)).tensors[1].contains { $0 != 0 })
  }

  @Test(arguments: expectations)
  func aSeedNamesTheNumbers(expected: Expected) {
    let rule = Initialization(expected.rule)
    #expect(parameters(rule) == parameters(rule))
    #expect(parameters(rule).tensors[0] != parameters(rule, seed: 2).tensors[0])
  }

  /// The first numbers of the default, written down: models and logs of old runs rely on them.
  @Test func theDefaultStaysAsItIs() {
    let tensors = parameters(.pyTorch).tensors
    #expect(tensors[0].prefix(3) == Self.firstWeights)
    #expect(tensors[1].prefix(3) == Self.firstBiases)
  }

  static let firstWeights: ArraySlice<Float> = [-0.049397677, -0.04419553, -0.0250262]
  static let firstBiases: ArraySlice<Float> = [-0.014785523, -0.01195952, -0.006810202]
}
