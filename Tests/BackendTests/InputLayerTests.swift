import Lamina
import Support
import Testing

extension OperationTests {
  /// The first layer with the gathering of its batch, against the separate operations of the
  /// reference backend.
  @Suite struct InputLayerTests {
    struct Layer: Operation {
      let batch, inputs, outputs: Int
      var activation = Activation.identity
      var isBytes = true
      var isScaledByFeature = false

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let (rows, first) = (3 * batch, 2)
        let stride = MatrixLayout.stride(columns: inputs)
        let input = try Guarded(
          backend, rows: batch, columns: inputs, stride: stride,
          values: [Float](repeating: .nan, count: batch * inputs))
        let output = try Guarded(
          backend, rows: batch, columns: outputs, stride: MatrixLayout.stride(columns: outputs),
          values: [Float](repeating: .nan, count: batch * outputs))
        let dataset = Dataset(
          name: "test",
          inputs: isBytes
            ? .bytes(DesignedData.labels(rows * inputs, classes: 4, seed: 61).map(UInt8.init))
            : .floats(DesignedData.integers(rows * inputs, seed: 61)),
          targets: .classes([Int32](repeating: 0, count: rows), classNames: ["0"]),
          features: inputs)
        let scaling: InputScaling =
          isScaledByFeature
          ? .perFeature(
            scales: DesignedData.integers(inputs, seed: 62),
            offsets: DesignedData.integers(inputs, seed: 63))
          : .uniform(scale: 0.5, offset: -1)
        let layer = InputLayer(
          batch: BatchIndices(
            try backend.makeIndices(DesignedData.labels(rows + first, classes: rows, seed: 64)),
            count: batch),
          examples: try backend.makeExamples(dataset),
          scaling: try backend.makeScaling(scaling), input: input.matrix,
          parameters: DenseParameters(
            weights: try backend.makeMatrix(
              DesignedData.integers(inputs * outputs, seed: 65), rows: inputs, columns: outputs),
            bias: try backend.makeVector(DesignedData.integers(outputs, seed: 66))),
          activation: activation, output: output.matrix)
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.inputLayer(layer)
        }
        var results: [[Float]] = []
        for step in 0..<2 {
          try backend.run(prepared, with: StepArguments(firstIndex: first + step * batch))
          results += [try input.values(), try output.values()]
        }
        return results
      }
    }

    @Test(arguments: TestBackend.all)
    func shapes(backend: TestBackend) throws {
      for (batch, inputs, outputs) in [
        (1, 1, 1), (2, 3, 5), (7, 13, 16), (8, 16, 17), (9, 70, 33), (33, 37, 40), (32, 784, 16),
        (64, 784, 128), (20, 1100, 300),
      ] {
        try Layer(batch: batch, inputs: inputs, outputs: outputs).check(on: backend, .exact)
      }
    }

    @Test(arguments: TestBackend.all)
    func examplesAndScalings(backend: TestBackend) throws {
      for (isBytes, isScaledByFeature) in [(true, true), (false, true), (false, false)] {
        try Layer(
          batch: 9, inputs: 37, outputs: 20, isBytes: isBytes, isScaledByFeature: isScaledByFeature
        ).check(on: backend, .exact)
      }
    }

    @Test(arguments: TestBackend.all, DenseTests.activations)
    func activations(backend: TestBackend, activation: Activation) throws {
      try Layer(batch: 9, inputs: 37, outputs: 20, activation: activation).check(
        on: backend, ActivationTests.tolerance(activation))
    }
  }
}

#if OpenCL
  @testable import LaminaOpenCL

  /// Whether the backend takes the kernel, and what it does about a wrong one.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct InputLayerKernelTests {
    private func commands(
      outputs: Int, scaling: InputScaling = .uniform(scale: 0.5, offset: 1), fault: String? = nil
    ) throws -> ([String], [String]) {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(
        warnings, fault: fault.map { ("input_layer", $0) })
      let layer = InputLayer(
        batch: BatchIndices(try backend.makeIndices([0, 1, 2]), count: 3),
        examples: try backend.makeExamples([Float](repeating: 1, count: 3 * 784), columns: 784),
        scaling: try backend.makeScaling(scaling),
        input: try backend.makeMatrix(rows: 3, columns: 784),
        parameters: DenseParameters(
          weights: try backend.makeMatrix(rows: 784, columns: outputs),
          bias: try backend.makeVector(count: outputs)),
        activation: .relu, output: try backend.makeMatrix(rows: 3, columns: outputs))
      let prepared = try backend.prepare { () throws(BackendError) in
        try backend.inputLayer(layer)
      }
      return (prepared.kernelNames, warnings.sentences)
    }

    @Test func smallLayersAreOneLaunch() throws {
      #expect(try commands(outputs: 128) == (["input_layer"], []))
      #expect(try commands(outputs: 16) == (["input_layer"], []))
      let scaling = InputScaling.perFeature(
        scales: [Float](repeating: 3, count: 784), offsets: [Float](repeating: 1, count: 784))
      #expect(try commands(outputs: 16, scaling: scaling) == (["input_layer"], []))
      // Weights beyond a core's cache.
      #expect(try commands(outputs: 256) == (["gather", "matmul_vector"], []))
    }

    /// One that leaves most rows out, and one that does not compile.
    @Test(arguments: ["ROWS=1", "ROWS=no_such_name"])
    func aWrongKernelIsReplacedWithOneWarning(fault: String) throws {
      let (names, warnings) = try commands(outputs: 128, fault: fault)
      #expect(names == ["gather", "matmul_vector"])
      #expect(warnings.count == 1)
      #expect(warnings.first?.contains("separate operations take its place") == true)
    }
  }
#endif
