public import Lamina

extension CPUBackend {
  /// Each thread takes its rows of the batch.
  public func enqueueLoss(_ request: LossRequest<CPUBackend>) {
    let rows = request.outputs.rows
    let operands = LossRows(request)
    let evaluate: (Int, Int) -> Void =
      switch request.loss {
      case .softmaxCrossEntropy(let smoothing):
        { operands.softmaxCrossEntropy(row: $0, example: $1, smoothing: smoothing) }
      case .quadratic: { operands.elementwise(Quadratic(), row: $0, example: $1) }
      case .squaredError: { operands.elementwise(SquaredError(), row: $0, example: $1) }
      case .absoluteError: { operands.elementwise(AbsoluteError(), row: $0, example: $1) }
      case .huber(let threshold):
        { operands.elementwise(Huber(threshold: threshold), row: $0, example: $1) }
      case .logisticCrossEntropy:
        { operands.elementwise(LogisticCrossEntropy(), row: $0, example: $1) }
      case .negativeLogLikelihood:
        { operands.elementwise(NegativeLogLikelihood(), row: $0, example: $1) }
      case .klDivergence: { operands.elementwise(KLDivergence(), row: $0, example: $1) }
      case .perceptron: { operands.elementwise(Perceptron(), row: $0, example: $1) }
      }
    let indices = request.batch.indices.storage.integers
    submit(
      CPUTask(
        accesses: [
          .reads(request.batch.indices.storage), .reads(request.targets.storage),
          .reads((request.weights?.storage) ?? request.targets.storage),
          .readsRows(request.outputs), .writesRows(request.delta),
          .writesSlots(request.meter.losses, rows: rows),
          .writesSlots(request.meter.hits, rows: rows),
        ],
        work: 16 * rows * request.outputs.columns, rows: rows,
        bytes: rows * (request.outputs.stride + request.delta.stride) * 4
      ) { part in
        for row in part.rows(of: rows) {
          evaluate(row, Int(indices[part.arguments.firstIndex + row]))
        }
      })
  }
}

/// The operands of a loss, by address.
struct LossRows {
  let outputs: Rows
  let delta: Rows
  let lossScale: Float
  let scale: Float
  let activation: Activation
  let losses: UnsafeMutablePointer<Float>
  let hits: UnsafeMutablePointer<Float>
  private let weights: UnsafeMutablePointer<Float>?
  private let labels: UnsafeMutablePointer<Int32>?
  private let values: UnsafeMutablePointer<Float>

  init(_ request: LossRequest<CPUBackend>) {
    outputs = Rows(request.outputs)
    delta = Rows(request.delta)
    lossScale = request.lossScale
    scale = request.deltaScale
    weights = request.weights?.storage.floats
    activation = request.activation
    losses = request.meter.losses.storage.floats
    hits = request.meter.hits.storage.floats
    let storage = request.targets.storage
    values = storage.floats
    labels = if case .labels = request.targets { storage.integers } else { nil }
  }

  /// The right answer for an example.
  @inline(__always)
  func target(of example: Int) -> TargetRow {
    if let labels { return .label(Int(labels[example])) }
    return .values(values + example * outputs.columns)
  }

  /// What the loss of an example is multiplied by.
  @inline(__always)
  func weight(of example: Int) -> Float { weights.map { $0[example] } ?? 1 }

  /// The position of the first of the largest of `count` numbers.
  static func largest(_ values: UnsafeMutablePointer<Float>, _ count: Int) -> Int {
    var best = 0
    for index in 1..<max(1, count) where values[index] > values[best] { best = index }
    return best
  }
}

/// The right answer for one example: a class, or a row of numbers.
enum TargetRow {
  case label(Int)
  case values(UnsafeMutablePointer<Float>)

  /// The position of the largest number.
  @inline(__always)
  func largest(_ count: Int) -> Int {
    switch self {
    case .label(let label): label
    case .values(let values): LossRows.largest(values, count)
    }
  }

  /// The right value of output `index`: 1 for the class and 0 for others, or the number given.
  @inline(__always)
  func value(_ index: Int) -> Float {
    switch self {
    case .label(let label): index == label ? 1 : 0
    case .values(let values): values[index]
    }
  }
}

extension LossRequest<CPUBackend>.Targets {
  /// The memory of the right answers.
  fileprivate var storage: CPUStorage {
    switch self {
    case .labels(let labels): labels.storage
    case .values(let values): values.storage
    }
  }
}
