import LaminaConfiguration
import Testing

@Suite("Configuration files") struct ConfigurationTests {
  private func parse(_ text: String) throws(ConfigurationError) -> ConfigurationNode {
    try ConfigurationFile.parse(text, file: "job.yaml")
  }

  /// The sentence of the error that `body` throws.
  private func refusal(
    _ text: String, _ body: (ConfigurationNode) throws(ConfigurationError) -> Void
  ) -> String {
    do throws(ConfigurationError) {
      try body(try parse(text))
      return "not refused"
    } catch { return error.description }
  }

  @Test("Values come with their lines and places")
  func values() throws {
    let root = try parse(
      """
      # a comment
      networks:
        - {hidden: [128, 64], name: "null"}
      rate: 1e-3
      shuffle: true
      nothing: ~
      seed: 18446744073709551615
      """)
    let map = try root.mapping(keys: ["networks", "rate", "shuffle", "nothing", "seed"])
    let network = try map.required("networks").list()[0]
    #expect(network.line == 3 && network.path == "networks[0]")
    let inner = try network.mapping(keys: ["hidden", "name"])
    #expect(try inner.required("hidden").list().map { try $0.integer() } == [128, 64])
    #expect(try inner.required("name").string() == "null", "quoted, it is a text")
    #expect(try map.required("rate").number() == 0.001)
    #expect(try map.required("shuffle").boolean())
    #expect(map["nothing"] == nil)
    #expect(try map.required("seed").unsigned() == .max)
  }

  @Test("One value may stand for a list of one")
  func oneOrMore() throws {
    #expect(try parse("5").oneOrMore().map { try $0.integer() } == [5])
    #expect(try parse("[5, 6]").oneOrMore().map { try $0.integer() } == [5, 6])
    #expect(throws: ConfigurationError.self) { try parse("[]").oneOrMore() }
  }

  @Test("An unknown key is refused with its line and the nearest known one")
  func unknownKey() {
    let text = "networks: []\ntrain:\n  bacth-size: 3\n"
    let sentence = refusal(text) { root throws(ConfigurationError) in
      let map = try root.mapping(keys: ["networks", "train"])
      _ = try map.required("train").mapping(keys: ["batch-size", "epochs"])
    }
    #expect(
      sentence == "job.yaml, line 3: there is no key 'bacth-size' in train; "
        + "did you mean 'batch-size'? There are: batch-size, epochs")
  }

  @Test("A name that is near none is refused with all of them")
  func unknownName() {
    let sentence = refusal("x") { node throws(ConfigurationError) in
      _ = try node.name(of: "device", among: ["cpu", "opencl"])
    }
    #expect(sentence == "job.yaml, line 1: there is no device 'x'; there are: cpu, opencl")
  }

  @Test(
    "What is not of the sort asked for is refused with what it must be",
    arguments: [
      ("a: 0", "a is '0'; it must be a whole number from 1 to 9"),
      ("a: 1.5", "a is '1.5'; it must be a whole number from 1 to 9"),
      ("a: 99999999999999999999", "it must be a whole number from 1 to 9"),
      ("a: [1]", "a is a list; it must be a whole number from 1 to 9"),
      ("a:", "the key 'a' is missing"), ("b: 1", "there is no key 'b'"),
      ("- a", "the file is a list; it must be a mapping with the keys a"),
    ])
  func wrongSort(text: String, expected: String) {
    let sentence = refusal(text) { root throws(ConfigurationError) in
      _ = try root.mapping(keys: ["a"]).required("a").integer(in: 1...9)
    }
    #expect(sentence.hasPrefix("job.yaml, line 1: ") && sentence.contains(expected), "\(sentence)")
  }

  @Test(
    "What is no YAML is refused with its line",
    arguments: [
      ("a: 1\nb: [2\nc: 3", "line 3"), ("a: 1\na: 2", "more than one key 'a'"), ("", "empty"),
      ("a: 'x", "line 1"), ("a: *b", "line 1"), ("\ta: 1", "line 1"),
    ])
  func noYAML(text: String, expected: String) {
    #expect(refusal(text) { _ in }.contains(expected), "\(refusal(text) { _ in })")
  }

  @Test("Nesting without end and values that multiply are refused, quickly")
  func bombs() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(refusal(deep) { _ in }.contains("levels"))
    let dashes = String(repeating: "- ", count: 100_000)
    #expect(refusal(dashes) { _ in }.contains("levels"))
    let lines = String(repeating: "[\n", count: 100_000)
    #expect(refusal(lines) { _ in }.contains("levels"))
    let steps = (0..<1000).map { String(repeating: " ", count: $0) + "a:" }
    #expect(refusal(steps.joined(separator: "\n")) { _ in }.contains("level"))
    var laughs = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    for number in 1..<12 {
      let inner = Array(repeating: "*a\(number - 1)", count: 10).joined(separator: ", ")
      laughs += "a\(number): &a\(number) [\(inner)]\n"
    }
    #expect(refusal(laughs) { _ in }.contains("too many values"))
  }

  @Test("A file that is not there, is no text or has no end is refused")
  func files() {
    for path in ["/nowhere/job.yaml", "/", "/dev/zero", "/proc/self/exe"] {
      #expect(throws: ConfigurationError.self) { try ConfigurationFile.read(path) }
    }
  }

  @Test(
    "The nearest name is that with the fewest changes",
    arguments: [
      ("rleu", "relu"), ("sigmoidd", "sigmoid"), ("RELU", "relu"), ("elu", "relu"),
      ("tahn", "tanh"),
    ])
  func nearest(name: String, expected: String) {
    #expect(NearestName.of(name, among: ["sigmoid", "tanh", "relu"]) == expected)
  }

  @Test("Nothing is near a name of another kind")
  func nothingNear() {
    #expect(NearestName.of("opencl", among: ["sigmoid", "tanh", "relu"]) == nil)
  }
}
