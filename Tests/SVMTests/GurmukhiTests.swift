import Lamina
import LaminaData
import LaminaSVM
import Support
import Testing

/// The experiment in the documentation, if its data are on this machine.
@Suite(
  .serialized,
  .enabled(if: SharedData.has("gurmukhi"), "there is no ../shared/data/gurmukhi"))
struct GurmukhiTests {
  /// The numbers of correct predictions among the 178 test images, and of support vectors, of
  /// scikit-learn's `SVC`.
  static let references: [(SVMOptions.Kernel, hits: Int, supports: Int)] = [
    (.linear, 173, 512), (.polynomial, 172, 735), (.rbf, 173, 709), (.sigmoid, 170, 493),
  ]

  /// The CPU and every OpenCL device with default options.
  static let backends = TestBackend.all.filter { !$0.description.contains(" ") }

  @Test(arguments: backends, references)
  func namesAsManyImagesAsTheReference(
    backend: TestBackend, reference: (kernel: SVMOptions.Kernel, hits: Int, supports: Int)
  ) throws {
    let data = try DatasetSplit(folder: SharedData.folder("gurmukhi/derived-idx"))
    let options = SVMOptions(kernel: reference.kernel, inputScaling: .signedUnit)
    let (supports, predictions) = try backend.use { try Self.run(data, options, on: $0) }
    guard case .classes(let labels, _) = data.test.targets else { return }
    #expect(zip(predictions, labels).count { $0 == $1 } == reference.hits)
    // One or two examples may be on the boundary, where the last bit decides.
    #expect(abs(supports - reference.supports) <= 2)
  }

  private static func run(
    _ data: DatasetSplit, _ options: SVMOptions, on backend: some Backend
  ) throws -> (Int, [Int32]) {
    let trainer = try SVMTrainer(data.train, options: options, on: backend)
    let machine = try #require(try trainer.train().machine)
    let classifier = try SVMClassifier(machine, on: backend)
    return (machine.supportCount, try classifier.predictions(for: data.test))
  }
}
