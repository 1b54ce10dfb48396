import Lamina

/// A few examples for trials of kernels that gather, of the kind that others are of. They go into
/// the batch in the opposite order.
struct TrialExamples {
  static let columns = 21

  private let rows: Int
  private let form: ExamplesForm
  private let numbers: [Float]

  init(rows: Int, _ form: ExamplesForm) {
    self.rows = rows
    self.form = form
    numbers = TrialNumbers.whole(rows * Self.columns, seed: 1).map { $0 + 6 }
  }

  /// Powers of two, so that products are exact.
  private func scale(_ column: Int) -> Float {
    form.areScaledPerFeature && column % 2 == 1 ? 0.0625 : 0.125
  }
  private func offset(_ column: Int) -> Float {
    form.areScaledPerFeature ? Float(column % 3) / 8 : 0.25
  }

  /// The row of a batch that has the example at `place` in the order.
  func row(_ place: Int) -> [Float] {
    let example = rows - 1 - place
    return (0..<Self.columns).map { column in
      numbers[example * Self.columns + column] * scale(column) + offset(column)
    }
  }

  /// The order of the examples, for batches of `count`.
  func batch(
    of count: Int, on backend: OpenCLBackend
  ) throws(BackendError) -> BatchIndices<OpenCLBackend> {
    BatchIndices(
      try backend.makeIndices((0..<rows).reversed().map { Int32($0) }), count: count)
  }

  func scaling(on backend: OpenCLBackend) throws(BackendError) -> DeviceScaling<OpenCLBackend> {
    if !form.areScaledPerFeature { return .uniform(scale: scale(0), offset: offset(0)) }
    return .perFeature(
      scales: try backend.makeVector((0..<Self.columns).map(scale)),
      offsets: try backend.makeVector((0..<Self.columns).map(offset)))
  }

  func examples(on backend: OpenCLBackend) throws(BackendError) -> Examples<OpenCLBackend> {
    if !form.areBytes { return try backend.makeExamples(numbers, columns: Self.columns) }
    let bytes = numbers.map { UInt8($0) }
    let storage = try backend.makeStorage(byteCount: bytes.count)
    try backend.write(bytes.span.bytes, to: storage, at: 0)
    return Examples(storage: storage, rows: rows, columns: Self.columns, element: .byte)
  }
}
