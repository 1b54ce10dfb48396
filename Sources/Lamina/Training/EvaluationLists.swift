/// The prepared lists of an evaluation, for one network or for several.
struct EvaluationLists<B: Backend, Prepared> {
  /// The memory that they are for.
  private let examples: Examples<B>
  private let targets: B.Buffer?
  private let weights: B.Buffer?
  /// The examples of a full batch.
  private let rows: Int
  /// The list of a full batch, or of all examples where they are fewer.
  private let full: Prepared
  /// The list of the last batch.
  private let last: Prepared

  /// Prepares the lists.
  ///
  /// - Parameters:
  ///   - rows: The examples of a batch.
  ///   - prepare: Prepares the list of a batch.
  init(
    _ examples: Examples<B>, _ data: DeviceDataset<B>?, rows: Int, on backend: B,
    prepare: (BatchIndices<B>) throws(BackendError) -> Prepared
  ) throws(BackendError) {
    self.examples = examples
    targets = data?.targets.buffer
    weights = data?.weights?.buffer
    self.rows = rows
    let indices = try backend.makeIndices([Int32](0..<Int32(examples.rows)))
    full = try prepare(BatchIndices(indices, count: min(rows, examples.rows)))
    let rest = examples.rows % rows
    last =
      rest == 0 || examples.rows < rows ? full : try prepare(BatchIndices(indices, count: rest))
  }

  /// Whether the lists are for the given data.
  func areFor(_ examples: Examples<B>, _ data: DeviceDataset<B>?) -> Bool {
    self.examples.isSame(as: examples) && targets === data?.targets.buffer
      && weights === data?.weights?.buffer
  }

  /// Calls `body` with the list of each batch, its first example, and their number.
  func forEachBatch(
    _ body: (_ list: Prepared, _ first: Int, _ count: Int) throws(BackendError) -> Void
  ) throws(BackendError) {
    for first in stride(from: 0, to: examples.rows, by: rows) {
      let count = min(rows, examples.rows - first)
      try body(count == rows ? full : last, first, count)
    }
  }
}

extension Examples {
  fileprivate func isSame(as other: Examples) -> Bool {
    buffer === other.buffer && rows == other.rows && columns == other.columns
      && element == other.element
  }
}

extension LossTargets {
  fileprivate var buffer: B.Buffer {
    switch self {
    case .labels(let labels): labels.buffer
    case .values(let values): values.buffer
    }
  }
}
