package import Lamina

/// A measurable piece of work, written once for all backends.
package protocol Benchmark {
  var label: Label { get }
  /// The work of one run.
  var work: BenchmarkWork { get }
  /// Its matrix products, whose error is measured; empty if it has none.
  var products: [ProductSize] { get }
  /// Makes the operands and prepares the operations.
  func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload
}

extension Benchmark {
  /// None.
  package var products: [ProductSize] { [] }
}

/// The name of a benchmark.
package struct Label {
  /// The kinds of benchmarks, as JSON names them.
  package enum Group: String {
    case matmul, kernel, step, epoch, inference, peak

    /// True if a network is trained.
    package var isTraining: Bool { self == .step || self == .epoch }
  }

  package let group: Group
  /// The operation, such as `gather bytes`.
  package let operation: String
  /// The shape: rows × columns × depth of a product, rows × columns, or a number of elements.
  package var shape: [Int] = []
  /// The network to which the operation belongs.
  package var network: NetworkRow?
  /// The size of the data set, if there is one.
  package var dataCount: Int?
  /// The networks that are trained at once.
  package var population = 1

  /// The text for tables, such as `gather bytes 64×784`.
  package var text: String {
    if group == .inference { return "\(operation) \(network?.description.name ?? "")" }
    if shape.isEmpty {
      let several = population == 1 ? "" : ", \(population) at once"
      return "\(operation) \(network?.title ?? "")\(several)"
    }
    return "\(operation) \(shape.map(String.init).joined(separator: "×"))"
  }
}

/// The work of one run of a benchmark.
package struct BenchmarkWork {
  /// The resource of a device that limits the speed.
  package enum Limit { case arithmetic, memory }

  package let limit: Limit
  /// Floating-point operations of products. A multiplication and its addition count as two.
  package var operations = 0
  /// Bytes that must move, if every operand is read once and every result written once.
  package var bytes = 0
  /// Examples that a network is trained with or applied to.
  package var examples = 0
}

/// Prepared operations with their operands.
package struct Workload {
  /// Enqueues one run, and returns before the device has finished.
  package let enqueue: () throws(BackendError) -> Void
  /// Throws if the results show that the measurement is meaningless.
  package var verify: () throws -> Void = {}
  /// The number of commands that a run enqueues; nil on a backend without a queue.
  package var launches: Int?
  /// Runs a training step and returns the mean loss of its examples; nil for other work.
  package var loss: (() throws(BackendError) -> Double)?
  /// The number of examples that the device takes at once, where it is the device's choice.
  package var rows: Int?
}

extension Backend {
  /// A workload that prepares `operations` once, as training does, and runs them.
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
