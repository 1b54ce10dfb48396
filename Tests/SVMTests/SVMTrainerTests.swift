import Foundation
import Lamina
import LaminaCheck
import LaminaData
import LaminaReference
import LaminaSVM
import Support
import Testing

@Suite(.serialized) struct SVMTrainerTests {
  @Test func goldenNumbersAreThere() { #expect(GoldenSVM.all.count == 8) }

  /// Both solvers stop when no condition is violated by more than 0.001, so coefficients agree to
  /// about that.
  private static let tolerance = Tolerance(
    relative: 5e-3, absolute: 5e-3, because: "a few times the solver's tolerance")

  @Test(arguments: TestBackend.all, GoldenSVM.all)
  func findsWhatScikitLearnFinds(backend: TestBackend, golden: GoldenSVM) throws {
    let dataset = golden.dataset(golden.inputs, golden.labels)
    let (machine, predictions) = try backend.use { backend in
      try run(golden, dataset, on: backend)
    }
    #expect(machine.labels == golden.present)
    expectClose(
      machine.coefficients(of: golden.inputs), golden.coefficients, Self.tolerance, "coefficients")
    expectClose(machine.intercepts, golden.intercepts, Self.tolerance, "intercepts")
    #expect(predictions == golden.predictions)
  }

  private func run(
    _ golden: GoldenSVM, _ dataset: Dataset, on backend: some Backend
  ) throws -> (SupportVectorMachine, [Int32]) {
    let trainer = try SVMTrainer(dataset, options: golden.options, on: backend)
    switch trainer.kernel {
    case .linear: break
    case .polynomial(_, let gamma, _), .rbf(let gamma), .sigmoid(let gamma, _):
      #expect(abs(gamma / golden.used_gamma - 1) < 1e-6)
    }
    var done: [Int] = []
    let machine = try #require(try trainer.train(progress: { done.append($0) }).machine)
    #expect(done == Array(0..<trainer.pairCount))
    let tests = golden.dataset(golden.tests, golden.predictions)
    // Batches are smaller than the data set, and the last one is smaller still.
    let classifier = try SVMClassifier(machine, on: backend, rows: 7)
    return (machine, try classifier.predictions(for: tests))
  }

  @Test func endsWhereItIsToldTo() throws {
    let golden = try #require(GoldenSVM.all.first)
    let dataset = golden.dataset(golden.inputs, golden.labels)
    let trainer = try SVMTrainer(dataset, options: golden.options, on: ReferenceBackend())
    var asked = 0
    let result = try trainer.train(shouldStop: {
      asked += 1
      return asked == 3
    })
    #expect(result.machine == nil && asked == 3)
  }

  @Test func refusesDataOfOneClass() {
    let golden = GoldenSVM.all[0]
    let dataset = golden.dataset(golden.inputs, golden.labels.map { _ in 1 })
    #expect(throws: SVMError.tooFewClasses(name: "golden", found: 1)) {
      try SVMTrainer(dataset, options: SVMOptions(), on: ReferenceBackend())
    }
    let numbers = Dataset(
      name: "numbers", inputs: .floats([1, 2]), targets: .values([1, 2], names: ["y"]), features: 1)
    #expect(throws: SVMError.tooFewClasses(name: "numbers", found: 0)) {
      try SVMTrainer(numbers, options: SVMOptions(), on: ReferenceBackend())
    }
  }

  @Test func refusesValuesThatAreNoNumbers() throws {
    let golden = GoldenSVM.all[0]
    let dataset = golden.dataset(golden.inputs, golden.labels)
    let options = SVMOptions(kernel: .polynomial, gamma: .value(1e30), degree: 9)
    let trainer = try SVMTrainer(dataset, options: options, on: ReferenceBackend())
    #expect(throws: SVMError.kernelValue("inf")) { try trainer.train() }
  }

  /// All inputs are equal, so there is no variance to divide by.
  @Test func inputsWithoutVarianceDoNoHarm() throws {
    let dataset = Dataset(
      name: "same", inputs: .bytes([UInt8](repeating: 9, count: 8)),
      targets: .classes([0, 0, 1, 1], classNames: ["a", "b"]), features: 2)
    let trainer = try SVMTrainer(dataset, options: SVMOptions(), on: ReferenceBackend())
    #expect(trainer.kernel == .rbf(gamma: 1))
    #expect(try trainer.train().machine?.supportCount == 4)
  }
}

extension GoldenSVM {
  /// For each example, its coefficient against each other class; 0 if it is not a support vector.
  fileprivate var coefficients: [Float] {
    var all = [Float](repeating: 0, count: labels.count * dual.count)
    for (place, example) in supports.enumerated() {
      for row in dual.indices { all[example * dual.count + row] = dual[row][place] }
    }
    return all
  }
}

extension SupportVectorMachine {
  /// The same for a machine trained on `inputs`.
  fileprivate func coefficients(of inputs: [Float]) -> [Float] {
    let rows = labels.count - 1
    var all = [Float](repeating: 0, count: inputs.count / features * rows)
    for support in 0..<supportCount {
      let vector = supportVectors[support * features..<(support + 1) * features]
      let example = (0..<inputs.count / features).first {
        inputs[$0 * features..<($0 + 1) * features].elementsEqual(vector)
      }
      for row in 0..<rows where example != nil {
        all[(example ?? 0) * rows + row] = dualCoefficients[row * supportCount + support]
      }
    }
    return all
  }
}
