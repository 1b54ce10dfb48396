#if OpenCL
  import Lamina
  import Testing

  @testable import LaminaOpenCL

  /// Whether the backend takes the kernel, and what it does about a wrong one.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct OutputLayerKernelTests {
    private func commands(_ backend: OpenCLBackend) throws -> [String] {
      let outputs = try backend.makeMatrix(rows: 8, columns: 10)
      let input = try backend.makeMatrix(rows: 8, columns: 32)
      let inputDelta = try backend.makeMatrix(rows: 8, columns: 32)
      let layer = DenseParameters(
        weights: try backend.makeMatrix(rows: 32, columns: 10),
        bias: try backend.makeVector(count: 10))
      let loss = Operation<OpenCLBackend>.LossEvaluation(
        loss: .softmaxCrossEntropy(), activation: .identity, outputs: outputs,
        targets: .labels(try backend.makeIndices([Int32](repeating: 1, count: 8))),
        batch: BatchIndices(try backend.makeIndices([Int32](0..<8)), count: 8), deltaScale: 1,
        delta: try backend.makeMatrix(rows: 8, columns: 10),
        meter: Meter(
          losses: try backend.makeVector(count: 8), hits: try backend.makeVector(count: 8)))
      return try backend.prepare(
        .dense(input, layer, .identity, into: outputs) + [
          .loss(loss), .matmul(loss.delta, layer.weights.transposed, into: inputDelta),
          .activationDelta(.relu, saved: input, on: inputDelta),
        ]
      ).kernelNames
    }

    @Test(arguments: [WorkShape.cpu, .gpu].indices)
    func aRightKernelIsTaken(_ shapeIndex: Int) throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(warnings, shape: [.cpu, .gpu][shapeIndex])
      #expect(try commands(backend) == ["output_layer"])
      #expect(warnings.sentences.isEmpty)
    }

    /// One for another loss, and one that does not compile.
    @Test(arguments: ["SMOOTHING=0.5f", "ROWS=no_such_name"], [WorkShape.cpu, .gpu].indices)
    func aWrongKernelIsReplacedWithOneWarning(_ fault: String, _ shapeIndex: Int) throws {
      let warnings = Warnings()
      let backend = try FirstDevice.backend(
        warnings, shape: [.cpu, .gpu][shapeIndex], fault: ("output_layer", fault))
      for _ in 0..<2 { #expect(try commands(backend).contains("softmax_cross_entropy")) }
      #expect(warnings.sentences.count == 1)
      #expect(warnings.sentences.first?.contains("separate operations take its place") == true)
    }
  }
#endif
