import Lamina

/// A small input layer of the same kind as another, with its right results by the formulas of
/// `input_layer.cl` in double precision.
struct InputLayerTrial {
  private let layer: InputLayer<OpenCLBackend>
  private let expectedInput: [Float]
  private let expectedOutput: [Float]
  private let backend: OpenCLBackend

  private static let inputs = 21

  /// - Parameter tile: What the kernel is made for: the trial has one whole tile and parts of others.
  init(
    like model: InputLayer<OpenCLBackend>, _ tile: InputTile, on backend: OpenCLBackend
  ) throws(BackendError) {
    let (rows, columns, inputs) = (tile.rows + 1, 16 * tile.vectors + 3, Self.inputs)
    self.backend = backend
    // Examples go into the batch in the opposite order.
    let numbers = TrialNumbers.whole(rows * inputs, seed: 1).map { $0 + 6 }
    let scales = Self.scales(of: model.scaling)
    var input: [Float] = []
    for row in (0..<rows).reversed() {
      for column in 0..<inputs {
        input.append(numbers[row * inputs + column] * scales.scale[column] + scales.offset[column])
      }
    }
    let weights = TrialNumbers.whole(inputs * columns, seed: 2).map { $0 / 64 }
    let bias = TrialNumbers.whole(columns, seed: 3).map { $0 / 8 }
    expectedInput = input
    expectedOutput = (0..<rows * columns).map { place in
      let (row, column) = (place / columns, place % columns)
      var sum = Double(bias[column])
      for term in 0..<inputs {
        sum += Double(input[row * inputs + term]) * Double(weights[term * columns + column])
      }
      return model.activation.value(Float(sum))
    }
    layer = InputLayer(
      batch: BatchIndices(
        try backend.makeIndices((0..<rows).reversed().map { Int32($0) }), count: rows),
      examples: try Self.examples(numbers, model.examples.element, on: backend),
      scaling: try Self.scaling(like: model.scaling, scales, on: backend),
      input: try backend.makeMatrix(rows: rows, columns: inputs),
      parameters: DenseParameters(
        weights: try backend.makeMatrix(weights, rows: inputs, columns: columns),
        bias: try backend.makeVector(bias)),
      activation: model.activation,
      output: try backend.makeMatrix(rows: rows, columns: columns))
  }

  /// The first wrong number that the kernel makes.
  func mismatch(by tile: InputTile) throws(BackendError) -> (expected: Float, actual: Float)? {
    try backend.enqueue(layer, by: tile)
    let actual = try backend.values(of: layer.input) + backend.values(of: layer.output)
    for (expected, actual) in zip(expectedInput + expectedOutput, actual) {
      // Numbers are about 1 and sums have 21 terms; drivers are allowed 3 units for exp.
      if !((actual - expected).magnitude < 1e-5) { return (expected, actual) }
    }
    return nil
  }

  /// Powers of two, so that products are exact.
  private static func scales(
    of scaling: DeviceScaling<OpenCLBackend>
  ) -> (scale: [Float], offset: [Float]) {
    if case .uniform = scaling {
      return ([Float](repeating: 0.125, count: inputs), [Float](repeating: 0.25, count: inputs))
    }
    return (
      (0..<inputs).map { $0 % 2 == 0 ? 0.125 : 0.0625 }, (0..<inputs).map { Float($0 % 3) / 8 }
    )
  }

  private static func scaling(
    like model: DeviceScaling<OpenCLBackend>, _ scales: (scale: [Float], offset: [Float]),
    on backend: OpenCLBackend
  ) throws(BackendError) -> DeviceScaling<OpenCLBackend> {
    if case .uniform = model { return .uniform(scale: scales.scale[0], offset: scales.offset[0]) }
    return .perFeature(
      scales: try backend.makeVector(scales.scale), offsets: try backend.makeVector(scales.offset))
  }

  private static func examples(
    _ numbers: [Float], _ element: Examples<OpenCLBackend>.Element, on backend: OpenCLBackend
  ) throws(BackendError) -> Examples<OpenCLBackend> {
    if element == .float { return try backend.makeExamples(numbers, columns: inputs) }
    let bytes = numbers.map { UInt8($0) }
    let storage = try backend.makeStorage(byteCount: bytes.count)
    try backend.write(bytes.span.bytes, to: storage, at: 0)
    return Examples(
      storage: storage, rows: numbers.count / inputs, columns: inputs, element: .byte)
  }
}
