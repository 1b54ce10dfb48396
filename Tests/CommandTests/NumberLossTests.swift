import Foundation
import Testing

extension CommandTests {
  /// Losses for numbers only, from the table to the file of predictions.
  @Suite struct NumberLossTests {
    private let place: Workplace
    private let data: String

    /// Counts that grow with x, and differ for the same x.
    init() throws {
      place = try Workplace()
      let rows = (0..<240).map { row in "\(Double(row % 12) / 4),\(row % 12 / 2 + row % 3)" }
      data = try place.write("x,y\n" + rows.joined(separator: "\n") + "\n", "counts.csv")
    }

    private func run(_ arguments: [String]) throws -> Program.Result {
      let result = try Program.run(arguments)
      #expect(result.code == 0, "\(arguments): \(result.errors)")
      return result
    }

    private static let cases: [(loss: String, scores: [String], header: String)] = [
      ("poisson", ["poisson_deviance"], "prediction"),
      (
        "quantile(0.1, 0.5, 0.9)",
        ["pinball_loss", "interval_coverage", "quantile_pinball_loss", "quantile_coverage"],
        "prediction_0.1,prediction_0.5,prediction_0.9"
      ),
      ("gaussian_nll", ["negative_log_likelihood", "coverage_95"], "prediction,spread"),
    ]

    @Test(arguments: cases)
    func trainsEvaluatesAndPredicts(loss: String, scores: [String], header: String) throws {
      let model = place.file("m")
      _ = try run([
        "train", "--data", data, "--task", "regression", "--hidden", "16", "--activation", "tanh",
        "--optimizer", "adam", "--learning-rate", "0.01", "--epochs", "60", "--loss", loss,
        "--model", model, "--quiet",
      ])
      let evaluated = try run(["evaluate", "--model", model, "--data", data, "--json"])
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(evaluated.output.utf8)) as? [String: Any])
      for score in scores { #expect(report[score] != nil, "\(score): \(evaluated.output)") }
      // The means differ by up to 5; the rest of the variation is between 0 and 2.
      #expect(try #require(report["mae"] as? Double) < 1)
      let text = try run(["evaluate", "--model", model, "--data", data]).output
      #expect(text.contains("R²") && text.contains("mean loss"))
      let shown = try run(["predict", "--model", model, "--data", data, "--index", "0"]).output
      #expect(shown.contains("true"), "\(shown)")
      _ = try run([
        "predict", "--model", model, "--data", data, "--output", place.file("p.csv"), "--quiet",
      ])
      let lines = try place.text("p.csv").split(separator: "\n")
      #expect(lines.count == 241 && lines[0] == header)
      for line in lines.dropFirst() {
        let numbers = line.split(separator: ",").compactMap { Double($0) }
        #expect(numbers.count == header.split(separator: ",").count)
        if loss.hasPrefix("quantile") { #expect(numbers == numbers.sorted()) }
        if loss == "poisson" || loss == "gaussian_nll" { #expect(numbers.last ?? 0 > 0) }
      }
    }

    @Test func refusesWhatIsNoCount() throws {
      let negative = try place.write("x,y\n1,2\n2,-1\n3,4\n4,1\n5,6\n", "negative.csv")
      let result = try Program.run([
        "train", "--data", negative, "--task", "regression", "--loss", "poisson", "--test-share",
        "0.2", "--no-shuffle", "--quiet",
      ])
      #expect(result.code != 0)
      #expect(
        result.errors.contains("the loss poisson needs targets of at least 0, such as counts"),
        "\(result.errors)")
      let scaled = try Program.run([
        "train", "--data", data, "--task", "regression", "--loss", "poisson", "--target-scaling",
      ])
      #expect(
        scaled.errors.contains("the loss poisson takes counts as they are"),
        "\(scaled.errors)")
      let classes = try Program.run(["train", "--data", place.data, "--loss", "gaussian_nll"])
      #expect(
        classes.errors.contains("the loss gaussian_nll does not fit the task classification"),
        "\(classes.errors)")
    }
  }
}
