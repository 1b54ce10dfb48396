import Glibc
public import Lamina

extension CPUBackend {
  /// Each thread takes its rows of the batch.
  public func enqueueLoss(_ request: LossRequest<CPUBackend>) {
    let row: (Int, StepArguments) -> Void =
      switch request.loss {
      case .softmaxCrossEntropy: { Self.softmaxCrossEntropy(request, row: $0, $1) }
      case .quadratic: { Self.quadratic(request, row: $0, $1) }
      }
    let rows = request.outputs.rows
    submit(
      CPUTask(
        accesses: [
          .reads(request.batch.indices.storage), .reads(request.targets.storage),
          .readsRows(request.outputs), .writesRows(request.delta),
          .writesSlots(request.meter.losses, rows: rows),
          .writesSlots(request.meter.hits, rows: rows),
        ],
        work: 16 * rows * request.outputs.columns, rows: rows
      ) { part in
        for index in part.rows(of: rows) { row(index, part.arguments) }
      })
  }

  /// `delta = (softmax(z) - target) · scale`; the loss is `ln Σ e^z - z[label]`, shifted by the
  /// largest logit so that nothing overflows.
  private static func softmaxCrossEntropy(
    _ request: LossRequest<CPUBackend>, row: Int, _ arguments: StepArguments
  ) {
    let count = request.outputs.columns
    let (logits, delta) = (request.outputs.row(row), request.delta.row(row))
    let example = request.example(row, arguments)
    let prediction = largest(logits, count)
    let shift = logits[prediction]
    let target = request.target(of: example)
    // Taken before the delta overwrites the logits, whose memory it may share.
    let weighted = target.dot(logits, count, shift: shift)
    delta.combine(with: logits, count: count) { VectorMath.exp($1 - shift) }
    var sum: Float = 0
    for index in 0..<count { sum += delta[index] }
    let scale = request.deltaScale
    let factor = scale * weighted.total / sum
    for index in 0..<count { delta[index] *= factor }
    target.subtract(from: delta, count, scale: scale)
    request.meter.losses.storage.floats[row] += weighted.total * log(sum) - weighted.sum
    if prediction == target.largest(count), !sum.isNaN {
      request.meter.hits.storage.floats[row] += 1
    }
  }

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

  /// `Σ y` and `Σ y (z - shift)`.
  @inline(__always)
  func dot(
    _ logits: UnsafeMutablePointer<Float>, _ count: Int, shift: Float
  ) -> (total: Float, sum: Float) {
    switch self {
    case .label(let label): return (1, logits[label] - shift)
    case .values(let values):
      var (total, sum): (Float, Float) = (0, 0)
      for index in 0..<count where values[index] != 0 {
        total += values[index]
        sum += values[index] * (logits[index] - shift)
      }
      return (total, sum)
    }
  }

  /// `delta -= scale · y`.
  @inline(__always)
  func subtract(from delta: UnsafeMutablePointer<Float>, _ count: Int, scale: Float) {
    switch self {
    case .label(let label): delta[label] -= scale
    case .values(let values):
      for index in 0..<count { delta[index] -= scale * values[index] }
    }
  }

  /// The position of the largest number.
  @inline(__always)
  func largest(_ count: Int) -> Int {
    switch self {
    case .label(let label): label
    case .values(let values): CPUBackend.largest(values, count)
    }
  }
}

extension LossRequest<CPUBackend> {
  /// Which example row `row` of the batch holds.
  @inline(__always)
  func example(_ row: Int, _ arguments: StepArguments) -> Int {
    Int(batch.indices.storage.integers[arguments.firstIndex + row])
  }

  /// The right answer for an example.
  @inline(__always)
  func target(of example: Int) -> TargetRow {
    switch targets {
    case .labels(let labels): .label(Int(labels.storage.integers[example]))
    case .values(let values): .values(values.storage.floats + example * values.columns)
    }
  }
}

extension LossRequest<CPUBackend>.Targets {
  /// The memory of the right answers.
  var storage: CPUStorage {
    switch self {
    case .labels(let labels): labels.storage
    case .values(let values): values.storage
    }
  }
}

extension CPUTask.Access {
  /// Each thread writes the slots of its rows of a batch of `rows`.
  static func writesSlots(_ vector: Vector<CPUBackend>, rows: Int) -> CPUTask.Access {
    .writes(
      vector.storage,
      .byRows(
        rows: rows, stride: 1,
        start: UnsafeRawPointer(vector.storage.bytes.baseAddress.unsafelyUnwrapped)))
  }
}
