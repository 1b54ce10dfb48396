import Lamina

/// A small input layer of the same kind as another, with its right results by the formulas of
/// `input_layer.cl` in double precision.
struct InputLayerTrial {
  private let layer: InputLayer<OpenCLBackend>
  private let expectedInput: [Float]
  private let expectedOutput: [Double]
  private let tile: InputTile
  private let backend: OpenCLBackend

  /// The trial has one whole tile and parts of others.
  init(_ form: InputLayerTrialForm, on backend: OpenCLBackend) throws(BackendError) {
    tile = form.tile
    let activation = form.activation
    let (rows, columns, inputs) = (tile.rows + 1, 16 * tile.vectors + 3, TrialExamples.columns)
    self.backend = backend
    let examples = TrialExamples(rows: rows, form.examples)
    let input = (0..<rows).flatMap(examples.row)
    let weights = TrialNumbers.whole(inputs * columns, seed: 2).map { $0 / 64 }
    let bias = TrialNumbers.eighths(columns, seed: 3)
    expectedInput = input
    expectedOutput = (0..<rows * columns).map { place in
      let (row, column) = (place / columns, place % columns)
      var sum = Double(bias[column])
      for term in 0..<inputs {
        sum += Double(input[row * inputs + term]) * Double(weights[term * columns + column])
      }
      return Double(activation.value(Float(sum)))
    }
    layer = InputLayer(
      batch: try examples.batch(of: rows, on: backend),
      examples: try examples.examples(on: backend),
      scaling: try examples.scaling(on: backend),
      input: try backend.makeMatrix(rows: rows, columns: inputs),
      parameters: DenseParameters(
        weights: try backend.makeMatrix(weights, rows: inputs, columns: columns),
        bias: try backend.makeVector(bias)),
      activation: activation,
      output: try backend.makeMatrix(rows: rows, columns: columns))
  }

  /// The first wrong number that the kernel makes.
  func mismatch() throws(BackendError) -> (expected: Float, actual: Float)? {
    try backend.enqueue(layer, by: tile)
    // Numbers are about 1 and sums have 21 terms; drivers are allowed 3 units for exp.
    return TrialNumbers.mismatch(
      expectedInput.map(Double.init) + expectedOutput,
      try backend.values(of: layer.input) + backend.values(of: layer.output), tolerance: 1e-5)
  }
}
