import Lamina

/// A small output layer of the same kind as another, with its right results by the formulas of
/// `output_layer.cl` in double precision.
struct OutputLayerTrial {
  private let layer: OutputLayer<OpenCLBackend>
  private let expected: [[Double]]
  private let backend: OpenCLBackend

  private let tile: OutputTile

  /// A group takes its rows in rounds: the first group takes all of its own, the second one a part
  /// of a round.
  init(_ form: OutputLayerTrialForm, on backend: OpenCLBackend) throws(BackendError) {
    tile = OutputTile(inputs: form.inputs, columns: form.loss.columns, on: backend.shape)
    let numbers = OutputLayerNumbers(form, rows: tile.rowsPerGroup + tile.rows / 2 + 1)
    self.backend = backend
    layer = try numbers.layer(form, on: backend)
    expected = numbers.results(hasInputDelta: form.inputActivation != nil)
  }

  /// The first wrong number that the kernel makes.
  func mismatch() throws(BackendError) -> (expected: Float, actual: Float)? {
    try backend.enqueue(layer, by: tile)
    let (loss, meter) = (layer.loss, layer.loss.meter)
    var actual = [
      try backend.values(of: loss.outputs), try backend.values(of: loss.delta),
      try backend.values(of: meter.losses), try backend.values(of: meter.hits),
    ]
    if let inputDelta = layer.inputDelta { actual.append(try backend.values(of: inputDelta.delta)) }
    // Numbers are about 1, sums are exact, and drivers are allowed 3 units for exp and log.
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

  init(_ form: OutputLayerTrialForm, rows: Int) {
    self.rows = rows
    inputs = form.inputs
    columns = form.loss.columns
    activation = form.inputActivation ?? .identity
    input = TrialNumbers.eighths(rows * inputs, seed: 1)
    // Small, so that the sums of many inputs are about 1 too; they are exact in any order.
    weights = TrialNumbers.eighths(inputs * columns, seed: 2).map { $0 / 8 }
    bias = TrialNumbers.eighths(columns, seed: 3)
    loss = TrialLoss(examples: rows, form.loss)
  }

  func layer(
    _ form: OutputLayerTrialForm, on backend: OpenCLBackend
  ) throws(BackendError) -> OutputLayer<OpenCLBackend> {
    let order = try backend.makeIndices((0..<rows).reversed().map { Int32($0) })
    let inputDelta: OutputLayer<OpenCLBackend>.InputDelta? =
      if let activation = form.inputActivation {
        .init(activation, delta: try backend.makeMatrix(rows: rows, columns: inputs))
      } else {
        nil
      }
    return OutputLayer(
      input: try backend.makeMatrix(input, rows: rows, columns: inputs),
      parameters: DenseParameters(
        weights: try backend.makeMatrix(weights, rows: inputs, columns: columns),
        bias: try backend.makeVector(bias)),
      loss: try loss.request(BatchIndices(order, count: rows), on: backend),
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
