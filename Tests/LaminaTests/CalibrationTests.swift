import Foundation
import Lamina
import Testing

@Suite struct CalibrationTests {
  private static func network(_ loss: Loss, _ outputs: Int) -> NetworkDescription {
    NetworkDescription(
      inputs: 1, layers: [.dense(outputs: outputs, activation: .identity)], loss: loss)
  }

  private static func dataset(_ targets: Dataset.Targets, _ count: Int) -> Dataset {
    Dataset(
      name: "t", inputs: .floats([Float](repeating: 0, count: count)), targets: targets, features: 1
    )
  }

  /// Logits of three classes that are too sure by a factor of three, in the mean.
  private static let classes: (logits: [Float], labels: [Int32]) = {
    var generator = Numbers(seed: 7)
    var logits: [Float] = []
    let labels = (0..<400).map { _ -> Int32 in
      let row = (0..<3).map { _ in generator.next() * 4 - 2 }
      logits += row.map { Float(3 * $0) }
      let powers = row.map { exp($0) }
      let place = generator.next() * powers.reduce(0, +)
      return place < powers[0] ? 0 : place < powers[0] + powers[1] ? 1 : 2
    }
    return (logits, labels)
  }()

  @Test func theTemperatureMinimisesTheLogLoss() throws {
    let (logits, labels) = Self.classes
    func loss(_ temperature: Double) -> Double {
      labels.enumerated().reduce(0) { sum, next in
        let z = (0..<3).map { Double(logits[3 * next.offset + $0]) / temperature }
        return sum + log(z.reduce(0) { $0 + exp($1) }) - z[Int(next.element)]
      }
    }
    let data = Self.dataset(.classes(labels, classNames: ["a", "b", "c"]), labels.count)
    let fit = try Calibration(
      outputs: logits, of: Self.network(.softmaxCrossEntropy(), 3), for: data)
    let temperature = try #require(fit.temperature)
    #expect((2.4...3.8).contains(temperature), "the logits were multiplied by 3")
    for factor in [0.9, 0.99, 0.9999, 1.0001, 1.01, 1.1] {
      #expect(loss(temperature * factor) > loss(temperature), "\(factor)")
    }
    // Logits are rounded to 32-bit floats.
    #expect(abs(fit.after.logLoss - loss(temperature) / 400) < 1e-6)
    #expect(abs(fit.before.logLoss - loss(1) / 400) < 1e-9)
    #expect(fit.after.expectedCalibrationError < fit.before.expectedCalibrationError)
  }

  @Test func labelsHaveATemperatureToo() throws {
    var generator = Numbers(seed: 3)
    let logits = (0..<600).map { _ in Float(generator.next() * 12 - 6) }
    let targets = logits.map { Float(generator.next() < 1 / (1 + exp(-Double($0) / 2)) ? 1 : 0) }
    func loss(_ temperature: Double) -> Double {
      zip(logits, targets).reduce(0) { sum, pair in
        let z = Double(pair.0) / temperature
        return sum + log(1 + exp(z)) - z * Double(pair.1)
      }
    }
    var network = Self.network(.logisticCrossEntropy, 2)
    let data = Self.dataset(.labels(targets, names: ["a", "b"]), 300)
    let temperature = try #require(
      try Calibration(outputs: logits, of: network, for: data).temperature)
    #expect((1.5...2.7).contains(temperature), "the logits were multiplied by 2")
    for factor in [0.99, 0.9999, 1.0001, 1.01] {
      #expect(loss(temperature * factor) > loss(temperature), "\(factor)")
    }
    network.temperature = temperature
    let tolerance = 1e-6  // Probabilities are 32-bit floats.
    guard
      case .labels(_, let shares?) = TaskPrediction.labels(
        logits, of: network, thresholds: [0.5], tellsProbabilities: true)
    else { return }
    #expect(abs(Double(shares[0]) - 1 / (1 + exp(-Double(logits[0]) / temperature))) < tolerance)
  }

  @Test func noTemperatureIsTheBestWhereNothingIsWrong() throws {
    let network = Self.network(.softmaxCrossEntropy(), 2)
    func fit(_ labels: [Int32]) throws -> Calibration {
      try Calibration(
        outputs: [1, 0, 0, 2], of: network,
        for: Self.dataset(.classes(labels, classNames: ["a", "b"]), 2))
    }
    #expect(try fit([0, 1]).temperature == nil)
    #expect(try fit([1, 0]).temperature == nil)
    let one = try fit([0, 1])
    #expect(one.before == one.after)
  }

  @Test func refusesOutputsWithoutLogits() {
    let data = Self.dataset(.labels([1, 0], names: ["a"]), 2)
    #expect(throws: NetworkError.self) {
      try Calibration(outputs: [0, 1], of: Self.network(.squaredError, 1), for: data)
    }
    let numbers = Self.dataset(.values([1, 0], names: ["a"]), 2)
    #expect(throws: NetworkError.self) {
      try Calibration(outputs: [0, 1], of: Self.network(.squaredError, 1), for: numbers)
    }
  }

  @Test func theCalibrationErrorIsThatOfItsDefinition() {
    var reliability = Reliability()
    for (p, isRight) in [(0.34, true), (0.39, false), (0.99, true), (0.95, false), (0.4, true)] {
      reliability.add(p, isRight: isRight)
    }
    // (0.3333, 0.4]: 0.34, 0.39 and 0.4, two of three right; (0.9333, 1]: 0.99 and 0.95, one right.
    let expected = (abs(2 - 1.13) + abs(1 - 1.94)) / 5
    #expect(abs(reliability.expectedCalibrationError - expected) < 1e-12)
    #expect(reliability.bins.map(\.count).filter { $0 > 0 } == [3, 2])
    reliability.add(.nan, isRight: false)
    #expect(reliability.expectedCalibrationError.isNaN)
    #expect(Reliability().expectedCalibrationError.isNaN)
  }
}
