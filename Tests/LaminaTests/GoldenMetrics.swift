import Foundation
import Lamina
import Testing

/// Numbers that scikit-learn gave; `Tests/Golden/metrics.py` makes the file.
struct GoldenMetrics: Decodable {
  struct Classification: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let classes: Int
    let logits: [Float]
    let labels: [Int32]
    let confusion: [[Int]]
    let accuracy, top2: Double
    let precision, recall, f1: [Double?]
    let averages: [String: [Double?]]
    let log_loss, brier: Double
    let areas: [Double?]
    var testDescription: String { name }
  }
  struct MultiLabel: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let labels: Int
    let logits, probabilities, targets: [Float]
    let subset, hamming: Double
    let precision, recall, f1: [Double?]
    let averages: [String: [Double?]]
    let log_loss: Double
    let areas: [Double?]
    var testDescription: String { name }
  }
  struct Regression: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let columns: Int
    let outputs, targets: [Float]
    let each: [[Double?]]
    let mean: [Double?]
    var testDescription: String { name }
  }

  let classification: [Classification]
  let multi_label: [MultiLabel]
  let regression: [Regression]

  static let numbers: GoldenMetrics = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/metrics.json")
    guard let data = try? Data(contentsOf: url),
      let numbers = try? JSONDecoder().decode(Self.self, from: data)
    else { return GoldenMetrics(classification: [], multi_label: [], regression: []) }
    return numbers
  }()
}

/// Expects numbers of our own, made in Double, to be scikit-learn's: both round differently only. What
/// is not defined there must not be here.
func expectSame(
  _ actual: [Double?], _ expected: [Double?], _ what: String, within bound: Double = 1e-12,
  at place: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, "\(what)", sourceLocation: place)
  for (a, e) in zip(actual, expected) {
    guard let a, let e else {
      #expect(
        a == nil && e == nil,
        "\(what): \(String(describing: a)) instead of \(String(describing: e))",
        sourceLocation: place)
      continue
    }
    #expect(
      abs(a - e) <= bound * max(1, abs(e)), "\(what): \(a) instead of \(e)", sourceLocation: place)
  }
}

/// Expects precision, recall and F1, of each class and on average.
func expectScores(
  _ counts: [BinaryCounts], _ each: [[Double?]], _ averages: [String: [Double?]],
  _ average: (PrecisionRecall.Average) -> PrecisionRecall,
  at place: SourceLocation = #_sourceLocation
) throws {
  expectSame(counts.map(\.precision), each[0], "precision", at: place)
  expectSame(counts.map(\.recall), each[1], "recall", at: place)
  expectSame(counts.map(\.f1), each[2], "F1", at: place)
  for kind in PrecisionRecall.Average.allCases {
    let scores = average(kind)
    let expected = try #require(averages[kind.rawValue])
    expectSame([scores.precision, scores.recall, scores.f1], expected, kind.rawValue, at: place)
  }
}
