import Foundation
import Lamina
import Testing

@Suite struct RegressionReportTests {
  @Test func goldenNumbersAreThere() { #expect(GoldenMetrics.numbers.regression.count == 6) }

  @Test(arguments: GoldenMetrics.numbers.regression)
  func agreesWithScikitLearn(_ golden: GoldenMetrics.Regression) {
    let report = RegressionReport(
      outputs: golden.outputs.map { Double($0) }, targets: golden.targets.map { Double($0) },
      outputCount: golden.columns)
    #expect(report.count == golden.targets.count / golden.columns)
    #expect(report.outputs.count == golden.columns)
    for (errors, expected) in zip(report.outputs, golden.each) {
      expectSame(Self.numbers(errors), expected, "errors of one output")
    }
    expectSame(Self.numbers(report.mean), golden.mean, "means")
  }

  private static func numbers(_ errors: RegressionReport.Errors) -> [Double?] {
    [errors.meanSquared, errors.rootMeanSquared, errors.meanAbsolute, errors.rSquared]
  }

  private static func isUndefined(_ errors: RegressionReport.Errors) -> Bool {
    numbers(errors).allSatisfy { $0?.isNaN ?? true } && errors.rSquared == nil
  }

  /// 0.1 is no exact double: a mean that is off by a rounding must not count as variance.
  @Test func constantTargetsHaveNoVariance() {
    let targets = [Double](repeating: 0.1, count: 1000)
    let report = RegressionReport(
      outputs: targets.map { $0 + 1 }, targets: targets, outputCount: 1)
    #expect(report.mean.rSquared == 0)
    #expect(RegressionReport(outputs: targets, targets: targets, outputCount: 1).mean.rSquared == 1)
  }

  @Test func notANumberShows() {
    let report = RegressionReport(
      outputs: [.nan, 1, 2, 3], targets: [5, 1, 5, 4], outputCount: 2)
    #expect(Self.isUndefined(report.outputs[0]))
    #expect(report.outputs[1].meanAbsolute == 0.5)
    #expect(Self.isUndefined(report.mean))
  }

  @Test func noExamplesGiveNoNumbers() {
    let report = RegressionReport(outputs: [], targets: [], outputCount: 2)
    #expect(report.count == 0 && Self.isUndefined(report.mean))
  }

  @Test func readsWhatItWrites() throws {
    let report = RegressionReport(outputs: [1, 2], targets: [3, 5], outputCount: 1)
    let text = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(RegressionReport.self, from: text) == report)
  }
}
