import Lamina

/// A small output layer of the same kind as another, with its right results by the formulas of
/// `output_layer.cl` in double precision.
struct OutputLayerTrial {
  private let layer: OutputLayer<OpenCLBackend>
  private let expected: [[Double]]
  private let backend: OpenCLBackend

  private static let inputs = 21

  init(
    like model: OutputLayer<OpenCLBackend>, rows: Int, on backend: OpenCLBackend
  ) throws(BackendError) {
    let numbers = OutputLayerNumbers(model, rows: rows, inputs: Self.inputs)
    self.backend = backend
    layer = try numbers.layer(like: model, on: backend)
    expected = numbers.results(hasInputDelta: model.inputDelta != nil)
  }

  /// The first wrong number that the kernel makes.
  func mismatch() throws(BackendError) -> (expected: Float, actual: Float)? {
    let tile = OutputTile(
      inputs: Self.inputs, columns: layer.parameters.weights.columns, on: backend.shape)
    try backend.enqueue(layer, by: tile)
    let (loss, meter) = (layer.loss, layer.loss.meter)
    var actual = [
      try backend.values(of: loss.outputs), try backend.values(of: loss.delta),
      try backend.values(of: meter.losses), try backend.values(of: meter.hits),
    ]
    if let inputDelta = layer.inputDelta { actual.append(try backend.values(of: inputDelta.delta)) }
    // Numbers are about 1, sums have 21 terms, and drivers are allowed 3 units for exp and log.
    return TrialNumbers.mismatch(expected.joined(), actual.joined(), tolerance: 1e-5)
  }
}

/// What a trial computes with, on the host.
private struct OutputLayerNumbers {
  let rows: Int
  let inputs: Int
  let columns: Int
  let activation: Activation
  let input: [Float]
  let weights: [Float]
  let bias: [Float]
  let loss: TrialLoss

  init(_ model: OutputLayer<OpenCLBackend>, rows: Int, inputs: Int) {
    self.rows = rows
    self.inputs = inputs
    columns = model.parameters.weights.columns
    activation = model.inputDelta?.activation ?? .identity
    input = TrialNumbers.eighths(rows * inputs, seed: 1)
    weights = TrialNumbers.eighths(inputs * columns, seed: 2)
    bias = TrialNumbers.eighths(columns, seed: 3)
    loss = TrialLoss(examples: rows, like: model.loss)
  }

  func layer(
    like model: OutputLayer<OpenCLBackend>, on backend: OpenCLBackend
  ) throws(BackendError) -> OutputLayer<OpenCLBackend> {
    let order = try backend.makeIndices((0..<rows).reversed().map { Int32($0) })
    let inputDelta: OutputLayer<OpenCLBackend>.InputDelta? =
      if let inputDelta = model.inputDelta {
        .init(inputDelta.activation, delta: try backend.makeMatrix(rows: rows, columns: inputs))
      } else {
        nil
      }
    return OutputLayer(
      input: try backend.makeMatrix(input, rows: rows, columns: inputs),
      parameters: DenseParameters(
        weights: try backend.makeMatrix(weights, rows: inputs, columns: columns),
        bias: try backend.makeVector(bias)),
      loss: try loss.request(like: model.loss, BatchIndices(order, count: rows), on: backend),
      inputDelta: inputDelta)
  }

  /// Outputs, deltas, losses, hits, and deltas of the input.
  func results(hasInputDelta: Bool) -> [[Double]] {
    var results = [[Double]](repeating: [], count: 5)
    for row in 0..<rows {
      let outputs = outputs(row)
      let loss = loss.result(outputs, place: row)
      results[0] += outputs
      results[1] += loss.delta
      results[2].append(loss.loss)
      results[3].append(loss.isHit ? 1 : 0)
      if hasInputDelta { results[4] += inputDelta(loss.delta, row) }
    }
    return results
  }

  private func weight(_ input: Int, _ column: Int) -> Double {
    Double(weights[input * columns + column])
  }

  private func outputs(_ row: Int) -> [Double] {
    (0..<columns).map { column in
      var sum = Double(bias[column])
      for term in 0..<inputs { sum += Double(input[row * inputs + term]) * weight(term, column) }
      return sum
    }
  }

  private func inputDelta(_ delta: [Double], _ row: Int) -> [Double] {
    (0..<inputs).map { number in
      var sum = 0.0
      for (column, delta) in delta.enumerated() { sum += delta * weight(number, column) }
      return sum * Double(activation.derivative(output: input[row * inputs + number]))
    }
  }
}
