import Foundation
import Lamina
import LaminaCPU
import LaminaData
import Testing

// Compiling this code is half of the test.
private func example() throws {
  // Session: start
  let digits = DatasetSplit.digits(seed: 1)
  let description = NetworkDescription.classifier(
    inputs: 784, hidden: [128, 64], activation: .relu, classes: 10, inputScaling: .signedUnit)
  let options = TrainingOptions(
    batchSize: 64, epochs: 5, optimizer: SGD(learningRate: 0.01, momentum: 0.9), seed: 1)
  let initial = NetworkParameters(for: description, initialization: .pyTorch, seed: 1)
  let setup = TrainingSetup(network: description, initial: initial, data: digits, options: options)
  let session = try TrainingSession(setup, on: CPUBackend())
  let outcome = try session.run(epoch: { print($0.trainLoss, $0.part.loss) })
  print(outcome.test.loss, try session.parameters().tensors.count)
  // Session: end

  // Population: start
  let setups = (0..<8).map { seed in
    var setup = setup
    setup.options.seed = UInt64(seed)
    setup.options.rule = .sgd(learningRate: 0.01 * Float(1 + seed), momentum: 0.9)
    setup.initial = NetworkParameters(
      for: description, initialization: .pyTorch, seed: UInt64(seed))
    return setup
  }
  try PopulationSession.validate(setups)
  let population = try PopulationSession(setups, on: CPUBackend())
  for outcome in try population.run() { print(outcome.test.loss) }
  // Population: end

  // Evaluation: start
  let network = try Network(description, values: session.parameters(), on: CPUBackend())
  let outputs = try Evaluator(network).outputs(for: digits.test)
  let report = TaskReport(outputs: outputs, of: description, for: digits.test)
  for score in report.scores { print(score.name, score.value ?? .nan) }
  // Evaluation: end
}

struct ReadmeTests {
  private static let gettingStarted = "Sources/Lamina/Lamina.docc/GettingStarted.md"

  @Test(arguments: [
    ("Session", "docs/library.md"), ("Session", gettingStarted), ("Population", gettingStarted),
    ("Evaluation", gettingStarted),
  ])
  func theExampleIsTheOneThatCompiles(name: String, path: String) throws {
    let here = URL(fileURLWithPath: #filePath)
    let package = here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let lines = try String(contentsOf: here, encoding: .utf8).split(separator: "\n")
    let compiled = lines.drop { !$0.hasSuffix("// \(name): start") }.dropFirst()
      .prefix { !$0.hasSuffix("// \(name): end") }.map { $0.dropFirst(2) }
    let page = try String(contentsOf: package.appendingPathComponent(path), encoding: .utf8)
    #expect(compiled.count >= 3)
    #expect(page.contains(compiled.joined(separator: "\n")))
  }
}
