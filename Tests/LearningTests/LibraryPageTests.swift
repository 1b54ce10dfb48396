import Foundation
import Lamina
import LaminaLearning
import Testing

// Compiling this code is half of the test.
private func example(_ rows: [[Float]], _ species: [String]) async throws {
  // README: start
  let model = try await Lamina.fit(rows, classes: species)
  let prediction = try model.predict([[5.1, 3.5, 1.4, 0.2]])[0]
  print(prediction.className ?? "none", prediction.probabilities ?? [])
  try model.save(to: "iris.safetensors")
  // README: end
}

struct LibraryPageTests {
  @Test(arguments: ["README.md", "docs/library.md"])
  func theExampleIsTheOneThatCompiles(path: String) throws {
    let here = URL(fileURLWithPath: #filePath)
    let package = here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let lines = try String(contentsOf: here, encoding: .utf8).split(separator: "\n")
    let compiled = lines.drop { !$0.hasSuffix("// README: start") }.dropFirst()
      .prefix { !$0.hasSuffix("// README: end") }.map { $0.dropFirst(2) }
    let page = try String(contentsOf: package.appendingPathComponent(path), encoding: .utf8)
    #expect(compiled.count == 4 && page.contains(compiled.joined(separator: "\n")))
  }
}
