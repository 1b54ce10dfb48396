import Foundation
import Lamina
import Testing

@Suite struct MultiLabelReportTests {
  @Test func goldenNumbersAreThere() { #expect(GoldenMetrics.numbers.multi_label.count == 7) }

  @Test(arguments: GoldenMetrics.numbers.multi_label)
  func agreesWithScikitLearn(_ golden: GoldenMetrics.MultiLabel) throws {
    let report = MultiLabelReport(
      outputs: golden.logits, .logits, targets: golden.targets, labelCount: golden.labels)
    try check(report, golden, within: 1e-12)
    // These were rounded to Float.
    let same = MultiLabelReport(
      outputs: golden.probabilities, .probabilities, targets: golden.targets,
      labelCount: golden.labels)
    try check(same, golden, within: 1e-6)
  }

  private func check(
    _ report: MultiLabelReport, _ golden: GoldenMetrics.MultiLabel, within bound: Double
  ) throws {
    expectSame([report.subsetAccuracy], [golden.subset], "subset accuracy")
    expectSame([report.hammingLoss], [golden.hamming], "Hamming loss")
    expectSame([report.logLoss], [golden.log_loss], "log loss", within: bound)
    try expectScores(
      report.labelCounts, [golden.precision, golden.recall, golden.f1], golden.averages,
      report.precisionRecall)
    #expect(report.areasUnderROC.map { $0 == nil } == golden.areas.map { $0 == nil })
    expectSame(
      report.areasUnderROC.compactMap(\.self), golden.areas.compactMap(\.self), "ROC AUC")
  }

  @Test func thresholdsBelongToLabels() {
    let outputs: [Float] = [0.4, 0.4, 0.6, 0.6]
    func named(_ thresholds: [Double]) -> [Int] {
      MultiLabelReport(
        outputs: outputs, .probabilities, targets: [1, 1, 1, 1], labelCount: 2,
        thresholds: thresholds
      ).labelCounts.map(\.truePositives)
    }
    #expect(named([0.5]) == [1, 1])
    #expect(named([0.3, 0.5]) == [2, 1])
    #expect(named([0.7, 0]) == [0, 2])
    // The same as a logit: ln(0.3 / 0.7) is -0.847.
    let report = MultiLabelReport(
      outputs: [-0.84, -0.85], .logits, targets: [1, 1], labelCount: 1, thresholds: [0.3])
    #expect(report.labelCounts[0].truePositives == 1)
    // Exactly at the threshold is not above it.
    let even = MultiLabelReport(outputs: [0], .logits, targets: [1], labelCount: 1)
    #expect(even.labelCounts[0].falseNegatives == 1)
  }

  @Test func extremesStayFinite() {
    let logits = MultiLabelReport(
      outputs: [1e4, -1e4, 1e4, -1e4], .logits, targets: [1, 0, 0, 1], labelCount: 1)
    #expect(logits.logLoss == 5000)
    let sure = MultiLabelReport(
      outputs: [1, 0], .probabilities, targets: [0, 1], labelCount: 1)
    #expect(abs(sure.logLoss - 52 * 0.6931471805599453) < 1e-6)
  }

  @Test func notANumberIsNeverNamedAndShows() {
    for kind in [MultiLabelReport.Outputs.logits, .probabilities] {
      let report = MultiLabelReport(
        outputs: [.nan, 0.9, 0.8, 0.1], kind, targets: [1, 1, 0, 0], labelCount: 2)
      #expect(report.labelCounts[0].falseNegatives == 1)
      #expect(report.logLoss.isNaN)
      #expect(report.areasUnderROC[0]?.isNaN == true)
      #expect(report.areasUnderROC[1] == 1)
      #expect(report.macroAreaUnderROC?.isNaN == true)
    }
  }

  @Test func noExamplesGiveNoLoss() {
    let report = MultiLabelReport(outputs: [], .logits, targets: [], labelCount: 2)
    #expect(report.count == 0 && report.subsetAccuracy.isNaN && report.hammingLoss.isNaN)
    #expect(report.logLoss.isNaN && report.macroAreaUnderROC == nil)
  }

  @Test func readsWhatItWrites() throws {
    let report = MultiLabelReport(
      outputs: [2, -1, 1, 1], .logits, targets: [1, 0, 0, 0], labelCount: 2)
    let text = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(MultiLabelReport.self, from: text) == report)
  }
}
