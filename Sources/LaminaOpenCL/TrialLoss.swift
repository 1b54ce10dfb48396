import Glibc
import Lamina

/// Softmax cross-entropy for trials of kernels, of the kind that another is of, in double precision.
/// Examples go into the batch in the opposite order.
struct TrialLoss {
  static let lossScale: Float = 0.5
  static let deltaScale: Float = 0.25

  private let examples: Int
  private let form: LossForm
  private var columns: Int { form.columns }
  private var smoothing: Double { Double(form.smoothing) }
  /// Of each example.
  private let weights: [Float]?
  private let targets: [[Float]]?

  init(examples: Int, _ form: LossForm) {
    self.examples = examples
    self.form = form
    weights = form.isWeighted ? TrialNumbers.eighths(examples, seed: 4).map { $0 + 1 } : nil
    targets =
      form.hasLabels
      ? nil
      : (0..<examples).map {
        TrialNumbers.eighths(form.columns, seed: 5 + $0).map { $0.magnitude }
      }
  }

  private func label(_ example: Int) -> Int { example * 3 % columns }

  /// A request for the outputs of a batch.
  func request(
    _ batch: BatchIndices<OpenCLBackend>,
    on backend: OpenCLBackend
  ) throws(BackendError) -> LossRequest<OpenCLBackend> {
    let deviceTargets: LossRequest<OpenCLBackend>.Targets =
      if let targets {
        .values(try backend.makeExamples(targets.flatMap { $0 }, columns: columns))
      } else {
        .labels(try backend.makeIndices((0..<examples).map { Int32(label($0)) }))
      }
    let rows = batch.count
    var deviceWeights: Vector<OpenCLBackend>?
    if let weights { deviceWeights = try backend.makeVector(weights) }
    return LossRequest(
      loss: .softmaxCrossEntropy(smoothing: form.smoothing), activation: .identity,
      outputs: try backend.makeMatrix(rows: rows, columns: columns), targets: deviceTargets,
      weights: deviceWeights, batch: batch, lossScale: Self.lossScale,
      deltaScale: Self.deltaScale, delta: try backend.makeMatrix(rows: rows, columns: columns),
      meter: Meter(
        losses: try backend.makeVector(count: rows), hits: try backend.makeVector(count: rows)))
  }

  /// What the outputs give for the example at `place` in the order.
  func result(
    _ outputs: [Double], place: Int
  ) -> (delta: [Double], loss: Double, isHit: Bool) {
    let example = examples - 1 - place
    let weight = Double(weights?[example] ?? 1)
    let right = (0..<columns).map { column -> Double in
      if let targets { return Double(targets[example][column]) }
      return column == label(example) ? 1 : 0
    }
    let smooth = right.map { (1 - smoothing) * $0 + smoothing / Double(columns) }
    let total = outputs.reduce(0) { $0 + exp($1) }
    let share = smooth.reduce(0, +)
    var (delta, loss) = ([Double](), 0.0)
    for (output, answer) in zip(outputs, smooth) {
      delta.append((exp(output) / total * share - answer) * Double(Self.deltaScale) * weight)
      loss += answer * (log(total) - output) * Double(Self.lossScale) * weight
    }
    return (delta, loss, outputs.indexOfLargest == right.indexOfLargest)
  }
}

extension [Double] {
  /// The first of equal ones.
  fileprivate var indexOfLargest: Int? {
    self.max().flatMap { firstIndex(of: $0) }
  }
}
