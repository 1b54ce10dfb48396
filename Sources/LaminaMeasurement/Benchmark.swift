package import Lamina

/// Something to measure, written once for all backends.
package protocol Benchmark {
  var label: Label { get }
  /// What one run does.
  var work: BenchmarkWork { get }
  /// Makes the operands and prepares the operations.
  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload
}

/// Names a benchmark.
package struct Label {
  /// The kinds of benchmarks, as JSON names them.
  package enum Group: String { case matmul, kernel, step, epoch, peak }

  package let group: Group
  /// What is done, such as `gather bytes`.
  package let operation: String
  /// On what: rows × columns × depth of a product, rows × columns, or a number of elements.
  package var shape: [Int] = []
  /// The network that it belongs to.
  package var network: NetworkRow?
  /// The size of the data set, where there is one.
  package var dataCount: Int?

  /// As tables show it, such as `gather bytes 64×784`.
  package var text: String {
    if shape.isEmpty { return "\(operation) \(network?.title ?? "")" }
    return "\(operation) \(shape.map(String.init).joined(separator: "×"))"
  }
}

/// What one run of a benchmark does.
package struct BenchmarkWork {
  /// What keeps a device from doing it in no time.
  package enum Limit { case arithmetic, memory }

  package let limit: Limit
  /// Floating-point operations of products; a multiplication and its addition are two.
  package var operations = 0
  /// Bytes that must move: every operand read once, every result written once.
  package var bytes = 0
  /// Examples that are trained with.
  package var examples = 0
}

/// Prepared operations with their operands.
package struct Workload {
  /// Runs once; returns before the device has.
  package let enqueue: () throws(BackendError) -> Void
  /// Throws when the results show that what was measured makes no sense.
  package var verify: () throws -> Void = {}
  /// The commands that a run gives to a queue; nil where there is none.
  package var launches: Int?
}

extension Backend {
  /// A workload that runs `operations` as training would: prepared once.
  package func repeating(
    _ operations: [Operation<Self>]
  ) throws(BackendError) -> Workload {
    let prepared = try prepare(operations)
    return Workload { () throws(BackendError) in
      try self.run(prepared, with: StepArguments())
    }
  }

  package func makeRandomMatrix(rows: Int, columns: Int) throws(BackendError) -> Matrix<Self> {
    try makeMatrix(SyntheticData.floats(rows * columns), rows: rows, columns: columns)
  }

  package func makeRandomVector(count: Int) throws(BackendError) -> Vector<Self> {
    try makeVector(SyntheticData.floats(count))
  }
}
