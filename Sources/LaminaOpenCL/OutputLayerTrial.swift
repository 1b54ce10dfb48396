import Glibc
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
    for (expected, actual) in zip(expected.joined(), actual.joined()) {
      // Numbers are about 1, sums have 21 terms, and drivers are allowed 3 units for exp and log.
      if !((Double(actual) - expected).magnitude < 1e-5) { return (Float(expected), actual) }
    }
    return nil
  }
}

/// What a trial computes with, on the host.
private struct OutputLayerNumbers {
  let rows: Int
  let inputs: Int
  let columns: Int
  let activation: Activation
  let smoothing: Double
  let input: [Float]
  let weights: [Float]
  let bias: [Float]
  /// Of each example; examples go into the batch in the opposite order.
  let exampleWeights: [Float]?
  let targets: [[Float]]?

  init(_ model: OutputLayer<OpenCLBackend>, rows: Int, inputs: Int) {
    self.rows = rows
    self.inputs = inputs
    let columns = model.parameters.weights.columns
    self.columns = columns
    activation = model.inputDelta?.activation ?? .identity
    if case .softmaxCrossEntropy(let smoothing) = model.loss.loss {
      self.smoothing = Double(smoothing)
    } else {
      smoothing = 0
    }
    input = Self.make(rows * inputs, seed: 1)
    weights = Self.make(inputs * columns, seed: 2)
    bias = Self.make(columns, seed: 3)
    exampleWeights = model.loss.weights == nil ? nil : Self.make(rows, seed: 4).map { $0 + 1 }
    if case .values = model.loss.targets {
      targets = (0..<rows).map { Self.make(columns, seed: 5 + $0).map { $0.magnitude } }
    } else {
      targets = nil
    }
  }

  /// Numbers from -0.75 to 0.75.
  private static func make(_ count: Int, seed: Int) -> [Float] {
    TrialNumbers.whole(count, seed: seed).map { $0 / 8 }
  }

  private func label(_ example: Int) -> Int { example * 3 % columns }

  func layer(
    like model: OutputLayer<OpenCLBackend>, on backend: OpenCLBackend
  ) throws(BackendError) -> OutputLayer<OpenCLBackend> {
    let order = try backend.makeIndices((0..<rows).reversed().map { Int32($0) })
    let deviceTargets: LossRequest<OpenCLBackend>.Targets =
      if let targets {
        .values(try backend.makeExamples(targets.flatMap { $0 }, columns: columns))
      } else {
        .labels(try backend.makeIndices((0..<rows).map { Int32(label($0)) }))
      }
    let inputDelta: OutputLayer<OpenCLBackend>.InputDelta? =
      if let inputDelta = model.inputDelta {
        .init(inputDelta.activation, delta: try backend.makeMatrix(rows: rows, columns: inputs))
      } else {
        nil
      }
    var weightVector: Vector<OpenCLBackend>?
    if let exampleWeights { weightVector = try backend.makeVector(exampleWeights) }
    return OutputLayer(
      input: try backend.makeMatrix(input, rows: rows, columns: inputs),
      parameters: DenseParameters(
        weights: try backend.makeMatrix(weights, rows: inputs, columns: columns),
        bias: try backend.makeVector(bias)),
      loss: LossRequest(
        loss: model.loss.loss, activation: .identity,
        outputs: try backend.makeMatrix(rows: rows, columns: columns), targets: deviceTargets,
        weights: weightVector, batch: BatchIndices(order, count: rows), lossScale: 0.5,
        deltaScale: 0.25, delta: try backend.makeMatrix(rows: rows, columns: columns),
        meter: Meter(
          losses: try backend.makeVector(count: rows), hits: try backend.makeVector(count: rows))),
      inputDelta: inputDelta)
  }

  /// Outputs, deltas, losses, hits, and deltas of the input.
  func results(hasInputDelta: Bool) -> [[Double]] {
    var results = [[Double]](repeating: [], count: 5)
    for row in 0..<rows {
      let outputs = outputs(row)
      let loss = loss(outputs, example: rows - 1 - row)
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

  private func loss(
    _ outputs: [Double], example: Int
  ) -> (delta: [Double], loss: Double, isHit: Bool) {
    let weight = Double(exampleWeights?[example] ?? 1)
    let right = (0..<columns).map { column -> Double in
      if let targets { return Double(targets[example][column]) }
      return column == label(example) ? 1 : 0
    }
    let smooth = right.map { (1 - smoothing) * $0 + smoothing / Double(columns) }
    let total = outputs.reduce(0) { $0 + exp($1) }
    let share = smooth.reduce(0, +)
    var (delta, loss) = ([Double](), 0.0)
    for (output, answer) in zip(outputs, smooth) {
      delta.append((exp(output) / total * share - answer) * 0.25 * weight)
      loss += answer * (log(total) - output) * 0.5 * weight
    }
    return (delta, loss, outputs.indexOfLargest == right.indexOfLargest)
  }

  private func inputDelta(_ delta: [Double], _ row: Int) -> [Double] {
    (0..<inputs).map { number in
      var sum = 0.0
      for (column, delta) in delta.enumerated() { sum += delta * weight(number, column) }
      return sum * Double(activation.derivative(output: input[row * inputs + number]))
    }
  }
}

extension [Double] {
  /// The first of equal ones.
  fileprivate var indexOfLargest: Int? {
    self.max().flatMap { firstIndex(of: $0) }
  }
}
