import Foundation
import Lamina
import LaminaCheck
import Support
import Testing

/// Scores of predicted counts, quantiles and distributions.
@Suite struct DistributionReportTests {
  private static let targets: [Double] = [0, 1, 3, 7]
  private static let means: [Double] = [0.5, 1.5, 2, 9]

  private func report(_ loss: Loss, _ numbers: [Double]) -> DistributionReport? {
    RegressionReport(numbers: numbers, of: loss, targets: Self.targets, targetCount: 1)
      .distribution
  }

  /// PyTorch: `y, m = torch.tensor([0., 1, 3, 7]), torch.tensor([.5, 1.5, 2, 9])`, then
  /// `(2 * (torch.xlogy(y, y / m) - y + m)).mean()`.
  @Test func devianceEqualsPyTorchs() {
    guard case .counts(let deviance) = report(.poisson, Self.means) else {
      Issue.record("a deviance expected")
      return
    }
    #expect(abs(deviance - 0.5258646091249932) < 1e-12)
  }

  /// PyTorch: `s = torch.tensor([.5, 2, .25, 1])`, then
  /// `-torch.distributions.Normal(m, s).log_prob(y).mean()`.
  @Test func likelihoodEqualsPyTorchs() {
    let spreads = [0.5, 2, 0.25, 1]
    let numbers = zip(Self.means, spreads).flatMap { [$0, $1] }
    guard case .normal(let report) = report(.gaussianLikelihood(), numbers) else {
      Issue.record("a likelihood expected")
      return
    }
    #expect(abs(report.negativeLogLikelihood - 3.2051774429247) < 1e-12)
    // 3 is four spreads from 2, and 7 two from 9.
    #expect(report.coverage == 0.5)
  }

  @Test func quantilesHaveLossAndCoverage() {
    // Of two targets: the quantiles 0.25 of both, then the quantiles 0.75 of both.
    let report = QuantileReport(
      quantiles: [0, 2, 1, 4, 2, 6, 3, 8], levels: [0.25, 0.75], targets: [1, 1, 2, 9],
      targetCount: 2)
    // Errors of the first level: 1, -1, 0, 3; of the second: 0, -3, -1, 1.
    #expect(report.pinballLosses == [(0.25 + 0.75 + 0 + 0.75) / 4, (0 + 0.75 + 0.25 + 0.75) / 4])
    #expect(report.meanPinballLoss == 0.4375)
    #expect(report.coverages == [0.5, 0.75])
    #expect(report.intervalCoverage == 0.5)
    let one = QuantileReport(quantiles: [1], levels: [0.5], targets: [0], targetCount: 1)
    #expect(one.intervalCoverage == nil && one.coverages == [1])
  }

  /// A network of two targets, as users have it: outputs, standardised targets, reports.
  @Test func outputsHaveTheUnitOfTheData() {
    let scaling = TargetScaling(means: [10, 100], deviations: [2, 5])
    func network(_ loss: Loss) -> NetworkDescription {
      NetworkDescription(
        inputs: 1, layers: [.dense(outputs: 2 * loss.outputsPerTarget, activation: .identity)],
        loss: loss, targetScaling: scaling)
    }
    let quantiles = network(.quantile(levels: [0.25, 0.75]))
    #expect(quantiles.numbers([1, 2, -1, 3]) == [8, 110, 12, 115])
    #expect(network(.gaussianLikelihood()).numbers([1, 2, 0, 0]) == [12, 110, 2, 5])
    let dataset = Dataset(
      name: "test", inputs: .floats([0]), targets: .values([11, 111], names: ["a", "b"]),
      features: 1)
    let report = TaskReport(outputs: [1, 2, -1, 3], of: quantiles, for: dataset)
    let scores = report.scores.map(\.key)
    #expect(scores.suffix(2) == ["pinball_loss", "interval_coverage"])
    // Errors are those of the level nearest to one half, the first of two that are as near.
    #expect(report.scores.first { $0.key == "mae" }?.value == 2)
    #expect(report.scores.last?.value == 1)
  }

  @Test func readsWhatItWrites() throws {
    let report = RegressionReport(
      numbers: [1, 2, 3, 4], of: .gaussianLikelihood(), targets: [1, 4], targetCount: 1)
    let text = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(RegressionReport.self, from: text) == report)
  }
}
