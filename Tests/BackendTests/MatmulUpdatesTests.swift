import Lamina
import Support
import Testing

extension OperationTests {
  /// Updates of as many layers as one launch takes, and of more, against the reference.
  @Suite struct MatmulUpdatesTests {
    private static let networks = [
      [784, 16, 10], [20, 17, 9, 5], [50, 33, 40, 30, 20], [9, 8, 7, 6, 5, 4, 3], [3, 70, 2],
      [64, 300, 10],
    ]

    @Test(arguments: TestBackend.all, networks)
    func severalLayers(backend: TestBackend, sizes: [Int]) throws {
      let shapes = zip(sizes, sizes.dropFirst()).map {
        DenseTests.Shape(batch: 33, inputs: $0, outputs: $1)
      }
      for momentum: Float in [0, 0.5] {
        try DenseTests.Updates(shapes: shapes, momentum: momentum).check(on: backend, .exact)
      }
    }
  }
}

#if OpenCL
  @testable import LaminaOpenCL

  /// Whether the backend updates several layers at once, and what it does about a wrong kernel.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct JointUpdateTests {
    private func commands(_ sizes: [Int], fault: String? = nil) throws -> ([String], [String]) {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(
        warnings, fault: fault.map { ("matmul_updates", $0) })
      let description = NetworkDescription.classifier(
        inputs: sizes[0], hidden: Array(sizes[1..<sizes.count - 1]), activation: .relu,
        classes: sizes[sizes.count - 1], inputScaling: .identity)
      let network = try Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
        on: backend)
      let updates = try network.dense.enumerated().map { number, layer in
        DenseUpdate(
          input: try backend.makeMatrix(rows: 32, columns: layer.weights.rows),
          delta: try backend.makeMatrix(rows: 32, columns: layer.weights.columns),
          parameters: layer, velocity: network.gradients.dense[number])
      }
      let prepared = try backend.prepare { () throws(BackendError) in
        try backend.denseUpdates(
          updates.reversed(), parameters: network.parameters.all,
          velocity: network.gradients.all, rule: SGD(learningRate: 0.1, momentum: 0.9))
      }
      return (prepared.kernelNames, warnings.sentences)
    }

    @Test func smallLayersAreUpdatedAtOnce() throws {
      #expect(try commands([784, 16, 10]) == (["matmul_updates"], []))
      #expect(try commands([784, 128, 64, 10]) == (["matmul_updates"], []))
      #expect(try commands([9, 8, 7, 6, 5, 4]) == (["matmul_updates", "matmul_vector"], []))
    }

    /// One that leaves most rows out, and one that does not compile.
    @Test(arguments: ["ROWS=1", "ROWS=no_such_name"])
    func aWrongKernelIsReplacedWithOneWarning(fault: String) throws {
      let (names, warnings) = try commands([784, 16, 10], fault: fault)
      #expect(names == ["matmul_vector", "matmul_vector"])
      #expect(warnings.count == 1)
      #expect(warnings.first?.contains("separate operations take its place") == true)
    }
  }
#endif
