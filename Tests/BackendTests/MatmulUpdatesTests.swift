#if OpenCL
  import Lamina
  import Testing

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
      var list: [Operation<OpenCLBackend>] = []
      for (layer, gradients) in zip(network.dense, network.gradients.dense).reversed() {
        list += .denseGradients(
          try backend.makeMatrix(rows: 32, columns: layer.weights.rows),
          try backend.makeMatrix(rows: 32, columns: layer.weights.columns), beta: 0.9,
          into: gradients)
      }
      list.append(
        .update(
          network.parameters.all, gradients: network.gradients.all,
          by: .sgd(SGD(learningRate: 0.1))))
      let prepared = try backend.prepare(list)
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
