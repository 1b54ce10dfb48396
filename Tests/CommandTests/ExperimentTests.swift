import Foundation
import Testing

extension CommandTests {
  /// `lamina train` with a configuration.
  @Suite struct ExperimentTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func write(_ text: String) throws -> String {
      try text.write(toFile: place.file("e.yaml"), atomically: true, encoding: .utf8)
      return place.file("e.yaml")
    }

    @Test func aConfigurationIsTheSameAsItsOptions() throws {
      let file = try write(
        """
        data: \(place.data)
        hidden: [16, {dropout: 0.25}, 8 tanh]
        optimizer: {rmsprop: {alpha: 0.9, epsilon: 1e-7}}
        momentum: 0.5
        schedule: {step: {every: 1, factor: 0.5}}
        warm-up: 5 steps
        shuffle: false
        epochs: 2
        batch-size: 30
        log: \(place.file("a"))
        quiet: true
        """)
      #expect(try Program.run(["train", file]).code == 0)
      let options = [
        "train", "--data", place.data, "--hidden", "16, dropout(0.25), 8 tanh", "--optimizer",
        "rmsprop(alpha=0.9, epsilon=1e-7)", "--momentum", "0.5", "--schedule",
        "step(every=1, factor=0.5)", "--warm-up", "5 steps", "--no-shuffle", "--epochs", "2",
        "--batch-size", "30", "--log", place.file("b"), "--quiet",
      ]
      #expect(try Program.run(options).code == 0)
      let (first, second) = (try losses("a"), try losses("b"))
      #expect(first == second && first.count == 2)
      // A schedule without effect would give other losses.
      #expect(try Program.run(options + ["--schedule", "constant"]).code == 0)
      #expect(try losses("b")[1] != first[1])
    }

    private func losses(_ log: String) throws -> [Double] {
      try place.log(log).compactMap { $0["train_loss"] as? Double }.dropLast()
    }

    @Test func theCommandLineHasTheLastWord() throws {
      let file = try write("data: digits\nepochs: 7\nquiet: true\nshuffle: false\n")
      let result = try Program.run(
        ["train", "--epochs", "3", file, "--print-config", "--no-quiet", "--shuffle"])
      #expect(result.code == 0, "\(result.errors)")
      for line in ["epochs: 3", "quiet: false", "shuffle: true", "data: digits", "# steps:"] {
        #expect(result.lines.contains { $0 == line }, "\(line) in \(result.output)")
      }
    }

    @Test func thePrintedConfigurationGivesItself() throws {
      let first = try Program.run([
        "train", "--print-config", "--hidden", "none", "--early-stopping",
        "patience=3, metric=accuracy", "--model", "a: b #c", "--batch-size", "all", "--task",
        "auto_encoding", "--scaling", "signed_unit", "--reduction", "mean_of_elements",
        "--weight-names", "fc1,fc2", "--card",
      ])
      #expect(first.code == 0, "\(first.errors)")
      let again = try Program.run(["train", try write(first.output), "--print-config"])
      #expect(again.output == first.output && !again.output.isEmpty, "\(again.errors)")
    }

    /// A configuration accepts every option except those that only request something.
    @Test func everyOptionHasItsKey() throws {
      let help = try Program.run(["train", "--help"]).output
      let options = Set(help.matches(of: /(?m)^  --([a-z0-9-]+)/).map { String($0.1) })
      let keys = try Program.run(["train", "--print-config"]).lines.map { line in
        String(line.drop { $0 == "#" || $0 == " " }.prefix { $0 != ":" })
      }
      #expect(options.subtracting(keys) == ["explain", "print-config", "version"])
      #expect(Set(keys).isSubset(of: options), "\(Set(keys).subtracting(options))")
    }

    @Test(arguments: [
      ("epoch: 3", "line 1: there is no key 'epoch'; did you mean 'epochs'?"),
      ("data: digits\nepochs: many", "line 2: The value 'many' is invalid for '--epochs"),
      ("optimizer: adma", "there is no optimizer 'adma'; did you mean 'adam'?"),
      ("optimizer: {adam: {beta: 1}}", "adam has no argument 'beta'; did you mean 'beta1'?"),
      ("schedule: step", "step needs its argument 'every', as in step(every=...)"),
      ("hidden: [8, dropuot(1)]", "there is no layer 'dropuot'; did you mean 'dropout'?"),
      ("hidden: [0]", "a layer has 0 outputs; give sizes from 1 to 1000000"),
      ("initialization: he", "there is no initialization 'he'"),
      ("warm-up: 3 days", "the unit of a warm-up is steps or epochs, not 'days'"),
      ("shuffle: perhaps", "line 1: shuffle is 'perhaps'; it must be true or false"),
      ("- 1", "the file is a list; it must be a mapping with the keys data,"),
      ("a: [", "this is not valid YAML"),
      ("print-config: true", "there is no key 'print-config'"),
      ("epochs: 1", "--data is missing"),
      ("data: digits\nmomentum: 0.5\noptimizer: adam", "--momentum has no effect with adam"),
    ])
    func refusesConfigurations(_ text: String, _ problem: String) throws {
      try expectRefusal(["train", try write(text)], problem)
    }

    @Test func refusesAFileThatIsNotThere() throws {
      try expectRefusal(["train", "/nowhere/e.yaml"], "/nowhere/e.yaml: cannot be read")
    }
  }
}
