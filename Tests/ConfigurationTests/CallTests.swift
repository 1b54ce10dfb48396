import LaminaConfiguration
import Testing

@Suite("Names with arguments") struct CallTests {
  @Test func readsNamesAndArguments() throws {
    #expect(try Call(parsing: "relu").name == "relu")
    #expect(try Call(parsing: "relu").arguments.isEmpty)
    let step = try Call(parsing: " step( every = 5 ,factor=0.1) ")
    #expect(step.name == "step")
    #expect(step.arguments.map(\.name) == ["every", "factor"])
    #expect(step.arguments.map(\.text) == ["5", "0.1"])
    let block = try Call(parsing: "residual(64 relu, leaky_relu(slope=0.1), maxout(3, pieces=2))")
    #expect(
      block.arguments.map(\.text) == ["64 relu", "leaky_relu(slope=0.1)", "maxout(3, pieces=2)"])
    #expect(block.arguments.allSatisfy { $0.name == nil })
    #expect(try Call(parsing: "cosine()").arguments.isEmpty)
  }

  @Test(arguments: ["", "(", "a(", "a)", "(1)", "a(1))", "a(1,)", "a(,)", "a((1)", "a(1)b"])
  func refusesWhatIsNoCall(_ text: String) {
    #expect(throws: TextError.self) { try Call(parsing: text) }
  }

  @Test func sortsArgumentsByName() throws {
    let arguments = try CallArguments(
      Call(parsing: "f(1.5, last=7)"), names: ["first", "second", "last"])
    #expect(try arguments.number("first") == 1.5)
    #expect(try arguments.number("second", default: 2) == 2)
    #expect(try arguments.integer("last") == 7)
  }

  @Test(arguments: [
    ("f(1, 2, 3, 4)", "f has 4 arguments, but takes at most 3: a, bee, c"),
    ("f(be=1)", "f has no argument 'be'; did you mean 'bee'? There are: a, bee, c"),
    ("f(1, a=2)", "f has the argument 'a' twice"),
    ("f(x1)", "a of f is 'x1'; it must be a number"),
    ("f(inf)", "a of f is 'inf'; it must be a number"),
    ("f(a=1, bee=2.5)", "bee of f is '2.5'; it must be a whole number"),
    ("f(a=1)", "f needs its argument 'bee', as in f(bee=...)"),
  ])
  func namesWhatIsWrong(_ text: String, _ problem: String) throws {
    let error = #expect(throws: TextError.self) {
      let arguments = try CallArguments(Call(parsing: text), names: ["a", "bee", "c"])
      _ = try arguments.number("a")
      _ = try arguments.integer("bee")
    }
    #expect(error?.description == problem)
  }

  @Test func aFunctionWithoutArgumentsTakesNone() {
    let error = #expect(throws: TextError.self) {
      try CallArguments(Call(parsing: "sgd(1)"), names: [])
    }
    #expect(error?.description == "sgd has 1 argument, but takes none")
  }

  /// Text that is written is read back unchanged.
  @Test func configurationsAreReadAsTheyWereWritten() throws {
    let values = [
      "plain", "true", "null", "~", "", "a: b", "# no comment", "0.10", "- x", "[1]", "a 'b' \"c\"",
      "two\nlines", " spaces ", "ψ", "step(every=5, factor=0.1)",
      String(repeating: "long ", count: 60),
    ]
    let text = ConfigurationFile.text(
      values.enumerated().map { ("key-\($0)", $1) } + [("none", nil)])
    let keys = values.indices.map { "key-\($0)" }
    let mapping = try ConfigurationFile.parse(text, file: "f").mapping(keys: keys)
    for (key, value) in zip(keys, values) where !value.isEmpty {
      #expect(try mapping.required(key).string() == value, "\(text)")
    }
  }
}
