#if OpenCL
  import Lamina
  import Testing

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
      let input = try backend.makeMatrix(rows: 3, columns: 784)
      let gathering = Operation.gather(
        BatchIndices(try backend.makeIndices([0, 1, 2]), count: 3),
        of: try backend.makeExamples([Float](repeating: 1, count: 3 * 784), columns: 784),
        scaling: try backend.makeScaling(scaling), into: input)
      let layer = DenseParameters(
        weights: try backend.makeMatrix(rows: 784, columns: outputs),
        bias: try backend.makeVector(count: outputs))
      let prepared = try backend.prepare(
        [gathering]
          + .dense(
            input, layer, .relu, into: try backend.makeMatrix(rows: 3, columns: outputs)))
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
