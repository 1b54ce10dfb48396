import Foundation
import Lamina
import Testing

@Suite struct ThresholdSearchTests {
  /// F1 of a threshold, counted example by example.
  private static func f1(_ p: [Double], _ y: [Bool], above threshold: Double) -> Double {
    var (right, wrong, missed) = (0, 0, 0)
    for (p, y) in zip(p, y) {
      if p > threshold, y { right += 1 }
      if p > threshold, !y { wrong += 1 }
      if p <= threshold, y { missed += 1 }
    }
    return right == 0 ? 0 : Double(2 * right) / Double(2 * right + wrong + missed)
  }

  @Test(arguments: 0..<40)
  func findsWhatBruteForceFinds(_ seed: Int) throws {
    var generator = Numbers(seed: UInt64(seed))
    let count = 5 + seed * 3
    // Few different numbers, so that many are equal; the positive ones are larger in the mean.
    let y = (0..<count).map { _ in generator.next() < 0.3 } + [true]
    let outputs = y.map { Float((generator.next() * 6 + ($0 ? 1 : 0)).rounded() / 2) - 2 }
    let p = outputs.map { 1 / (1 + exp(-Double($0))) }
    // Every place between different probabilities, tried on a fine grid.
    let grid = (1..<20_000).map { Double($0) / 20_000 }
    let best = grid.map { Self.f1(p, y, above: $0) }.max() ?? 0
    let search = ThresholdSearch(outputs: outputs, .logits, isPositive: y)
    #expect(search.f1 == best)
    #expect(Self.f1(p, y, above: search.threshold) == best)
    #expect((search.usualF1 ?? 0) == Self.f1(p, y, above: 0.5))
    // No other threshold of this F1 is nearer to one half by more than a step of the grid, except
    // inside the interval of probabilities of which the search takes the middle.
    let cuts = Set(grid.filter { Self.f1(p, y, above: $0) == best }.map { t in p.count { $0 > t } })
    #expect(search.ties == cuts.count)
  }

  /// scikit-learn 1.9.1:
  ///
  ///     y = [0, 0, 1, 1, 0, 1, 0, 1]; p = [.1, .4, .35, .8, .2, .6, .55, .45]
  ///     precision, recall, t = precision_recall_curve(y, p)
  ///     f1 = 2 * precision * recall / (precision + recall); t[f1.argmax()], f1.max()
  ///
  /// gives 0.35 and 0.8. Its thresholds name examples at or above them, so 0.35 is any number from
  /// above 0.2 to 0.35 here.
  @Test func agreesWithThePrecisionRecallCurve() {
    let y = [0, 0, 1, 1, 0, 1, 0, 1].map { $0 == 1 }
    let search = ThresholdSearch(
      outputs: [0.1, 0.4, 0.35, 0.8, 0.2, 0.6, 0.55, 0.45], .probabilities, isPositive: y)
    #expect(search.f1 == 0.8 && search.ties == 1)
    #expect(abs(search.threshold - 0.275) < 1e-7, "the outputs are 32-bit floats")
    #expect(search.usualF1 == 4.0 / 7)
  }

  @Test func withoutPositiveExamplesTheUsualThresholdStays() {
    let search = ThresholdSearch(outputs: [1, -1], .logits, isPositive: [false, false])
    #expect(search.threshold == 0.5 && search.f1 == nil && search.usualF1 == 0)
    let all = ThresholdSearch(outputs: [.nan, -3, -4], .logits, isPositive: [false, true, true])
    #expect(all.f1 == 1 && all.threshold > 0 && all.threshold < 0.018)
  }

  @Test func theSecondOfTwoClassesHasAThreshold() {
    let outputs: [Float] = [0, -1, 0, 1, 2, 0]
    func matrix(_ threshold: Double) -> ConfusionMatrix {
      ClassificationReport(
        outputs: outputs, labels: [1, 1, 0], classCount: 2, threshold: threshold
      ).confusionMatrix
    }
    #expect(matrix(0.5) == [[1, 0], [1, 1]])
    // The probabilities of the second class are 0.269, 0.731 and 0.119.
    #expect(matrix(0.2) == [[1, 0], [0, 2]])
    #expect(matrix(0.8) == [[1, 0], [2, 0]])
    let network = NetworkDescription(
      inputs: 1, layers: [.dense(outputs: 2, activation: .identity)], loss: .softmaxCrossEntropy())
    guard
      case .classes(let found, _) = TaskPrediction.classes(
        outputs, of: network, thresholds: [0.2], tellsProbabilities: true)
    else { return }
    #expect(found == [1, 1, 0])
  }
}

/// Numbers from 0 to 1 by a linear congruential generator.
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_654_435_761 &+ 12345 }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }
}
