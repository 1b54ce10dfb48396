import Lamina
import LaminaData
import Support
import Testing

/// Real digits, where `../shared/data/mnist` is beside the package.
@Suite(
  .serialized,
  .enabled(if: SharedData.has("mnist"), "there is no ../shared/data/mnist"))
struct MNISTTrainingTests {
  /// A third of an epoch of the README's network. PyTorch 2.13 reaches 0.891 to 0.907, in five runs.
  @Test(arguments: TestBackend.all)
  func aThirdOfAnEpochTeachesMostDigits(backend: TestBackend) throws {
    let split = try MNIST.split.get()
    let accuracy = try backend.use { try Self.train(split, on: $0) }
    #expect(accuracy > 0.87)
    #expect(accuracy < 0.93, "that is more than 313 steps can teach: is the test set seen?")
  }

  private static func train<B: Backend>(_ split: DatasetSplit, on backend: B) throws -> Double {
    let description = NetworkDescription.classifier(
      inputs: 784, hidden: [128, 64], activation: .relu, classes: 10, inputScaling: .signedUnit)
    let network = try Network(
      description,
      values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1), on: backend)
    let trainer = try Trainer(
      network, dataset: split.train,
      options: TrainingOptions(
        batchSize: 64, epochs: 1, optimizer: SGD(learningRate: 0.01, momentum: 0.9), seed: 1,
        stepLimit: 313))
    _ = try trainer.trainEpoch(1)
    guard case .classes(let labels, let names) = split.test.targets else { return 0 }
    return ClassificationReport(
      outputs: try Evaluator(network).outputs(for: split.test), labels: labels,
      classCount: names.count
    ).accuracy
  }
}

private enum MNIST {
  static let split = Result { try DatasetSplit(folder: SharedData.folder("mnist")) }
}
