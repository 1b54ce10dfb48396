import Lamina
import Testing

/// The checklists of CONTRIBUTING.md for activations and optimisers are as short as they say: no other
/// file of the product names those that have nothing special.
@Suite struct ChecklistTests {
  private static let files = Result { try NamingFiles.inRepository() }

  private func expect(_ what: String, _ name: String, inAtMost most: Int) throws {
    let files = try Self.files.get().naming(name)
    #expect(
      files.count <= most,
      """
      \(files.count) files of Sources and Kernels name the \(what) \(name), and CONTRIBUTING.md \
      promises \(most): \(files.joined(separator: ", "))
      """)
    // With fewer, the name is not what its files call it.
    #expect(files.count > most / 2, "only \(files) name the \(what) \(name)")
  }

  @Test(arguments: [Activation.silu, .mish])
  func anActivationNeedsSevenFiles(activation: Activation) throws {
    try expect("activation", activation.name, inAtMost: 7)
  }

  @Test(arguments: [Adagrad.name, Lion.name])
  func anOptimizerNeedsSevenFiles(name: String) throws {
    try expect("optimiser", name, inAtMost: 7)
  }

  @Test(arguments: [
    "case lion(Lion)", "LION", "let lionStep = 1", "kernels/lion.clh", "func updateLion() {}",
    "\"lion\": 1", "// Lion's", "LION_RATE",
  ])
  func everySpellingIsFound(text: String) {
    #expect(NamingFiles([(path: "A.swift", text: text)]).naming("lion") == ["A.swift"])
  }

  @Test func pathsAndLongNamesAreFound() {
    let files = NamingFiles([
      (path: "A/leaky_relu.clh", text: ""), (path: "LeakyReLU.swift", text: ""),
      (path: "B.swift", text: ".leakyReLU(slope: 0)"), (path: "C.swift", text: "leaky; relu"),
    ])
    #expect(files.naming("leaky_relu") == ["A/leaky_relu.clh", "B.swift", "LeakyReLU.swift"])
  }

  @Test(arguments: ["a million", "selu", "dandelion", "lionise"])
  func otherWordsAreLeftAlone(text: String) {
    let files = NamingFiles([(path: "A.swift", text: text)])
    #expect(files.naming("lion") == [] && files.naming("elu") == [])
  }
}
