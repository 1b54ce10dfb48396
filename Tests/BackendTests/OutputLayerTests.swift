import Lamina
import Support
import Testing

extension OperationTests {
  /// The last layer with its loss, against the separate operations of the reference backend.
  @Suite struct OutputLayerTests {
    struct Layer: Operation {
      let batch, inputs, classes: Int
      var activation = Activation.logistic
      var loss = Loss.softmaxCrossEntropy()
      var hasLabels = true
      var isWeighted = false
      var hasInputDelta = true
      var isPadded = true

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        let (examples, first) = (23, 3)
        func matrix(_ rows: Int, _ columns: Int, bound: Float, _ seed: UInt64) throws -> Guarded<B>
        {
          try Guarded(
            backend, rows: rows, columns: columns,
            stride: isPadded ? MatrixLayout.stride(columns: columns) : columns,
            values: DesignedData.uniform(rows * columns, bound: bound, seed: seed))
        }
        let input = try matrix(batch, inputs, bound: 1, 51)
        let weights = try matrix(inputs, classes, bound: 1 / Float(inputs).squareRoot(), 52)
        let bias = try matrix(1, classes, bound: 1, 53)
        let outputs = try matrix(batch, classes, bound: 1, 54)
        let delta = try matrix(batch, classes, bound: 1, 55)
        let inputDelta = try matrix(batch, inputs, bound: 1, 56)
        let meter = try (0..<2).map { _ in
          try Guarded(
            backend, rows: 1, columns: batch, values: [Float](repeating: 2, count: batch))
        }
        let soft = DesignedData.uniform(examples * classes, bound: 1, seed: 57).map { max(0, $0) }
        let request = LossRequest(
          loss: loss, activation: .identity, outputs: outputs.matrix,
          targets: hasLabels
            ? .labels(
              try backend.makeIndices(DesignedData.labels(examples, classes: classes, seed: 58)))
            : .values(try backend.makeExamples(soft, columns: classes)),
          weights: isWeighted
            ? try backend.makeVector(DesignedData.uniform(examples, bound: 3, seed: 59)) : nil,
          batch: BatchIndices(
            try backend.makeIndices(
              DesignedData.labels(batch + first, classes: examples, seed: 60)), count: batch),
          lossScale: 0.125, deltaScale: 0.25, delta: delta.matrix,
          meter: Meter(losses: meter[0].vector, hits: meter[1].vector))
        let layer = OutputLayer(
          input: input.matrix,
          parameters: DenseParameters(weights: weights.matrix, bias: bias.vector), loss: request,
          inputDelta: hasInputDelta ? .init(activation, delta: inputDelta.matrix) : nil)
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.outputLayer(layer)
        }
        for _ in 0..<2 { try backend.run(prepared, with: StepArguments(firstIndex: first)) }
        return try ([outputs, delta] + meter + [inputDelta, input, weights]).map { try $0.values() }
      }
    }

    /// Sums of up to 512 products of about 0.04, and what ``LossTests`` allows.
    static let tolerance = Tolerance(
      relative: 5e-6, absolute: 5e-6, because: "exp, log, and sums of 512 terms")

    @Test(arguments: TestBackend.all, [1, 2, 10, 16, 17, 40, 70])
    func shapes(backend: TestBackend, classes: Int) throws {
      for (batch, inputs) in [(1, 1), (5, 3), (32, 16), (33, 37), (64, 64), (9, 100), (130, 512)] {
        for hasInputDelta in [true, false] {
          try Layer(
            batch: batch, inputs: inputs, classes: classes, hasInputDelta: hasInputDelta
          ).check(on: backend, Self.tolerance)
        }
      }
    }

    @Test(arguments: TestBackend.all, DenseTests.activations)
    func activations(backend: TestBackend, activation: Activation) throws {
      try Layer(batch: 33, inputs: 37, classes: 10, activation: activation).check(
        on: backend, Self.tolerance)
    }

    @Test(arguments: TestBackend.all, [Float(0), 0.2])
    func targets(backend: TestBackend, smoothing: Float) throws {
      for (hasLabels, isWeighted) in [(true, true), (false, true), (false, false)] {
        try Layer(
          batch: 33, inputs: 37, classes: 10, loss: .softmaxCrossEntropy(smoothing: smoothing),
          hasLabels: hasLabels, isWeighted: isWeighted
        ).check(on: backend, Self.tolerance)
      }
    }

    /// What the kernel of its own is not for: rows without padding, other losses.
    @Test(arguments: TestBackend.all)
    func separateOperations(backend: TestBackend) throws {
      try Layer(batch: 33, inputs: 37, classes: 10, isPadded: false).check(
        on: backend, Self.tolerance)
      try Layer(batch: 33, inputs: 37, classes: 10, loss: .squaredError).check(
        on: backend, Self.tolerance)
    }
  }
}

#if OpenCL
  @testable import LaminaOpenCL

  /// Whether the backend takes the kernel, and what it does about a wrong one.
  @Suite(.serialized, .enabled(if: FirstDevice.device != nil, "no OpenCL device"))
  struct OutputLayerKernelTests {
    private func commands(_ backend: OpenCLBackend) throws -> [String] {
      let outputs = try backend.makeMatrix(rows: 8, columns: 10)
      let input = try backend.makeMatrix(rows: 8, columns: 32)
      let layer = OutputLayer(
        input: input,
        parameters: DenseParameters(
          weights: try backend.makeMatrix(rows: 32, columns: 10),
          bias: try backend.makeVector(count: 10)),
        loss: LossRequest(
          loss: .softmaxCrossEntropy(), activation: .identity, outputs: outputs,
          targets: .labels(try backend.makeIndices([Int32](repeating: 1, count: 8))),
          batch: BatchIndices(try backend.makeIndices([Int32](0..<8)), count: 8), deltaScale: 1,
          delta: try backend.makeMatrix(rows: 8, columns: 10),
          meter: Meter(
            losses: try backend.makeVector(count: 8), hits: try backend.makeVector(count: 8))),
        inputDelta: .init(.relu, delta: try backend.makeMatrix(rows: 8, columns: 32)))
      return try backend.prepare { () throws(BackendError) in
        try backend.outputLayer(layer)
      }.kernelNames
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
