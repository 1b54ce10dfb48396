public import Lamina

/// Predicts with a support vector machine on a device.
public final class SVMClassifier<B: Backend> {
  private let machine: SupportVectorMachine
  private let backend: B
  private let supports: KernelRows<B>
  private let coefficients: Matrix<B>
  private let rows: Int

  /// Uploads the machine. Batches have at most `rows` examples.
  public init(
    _ machine: SupportVectorMachine, on backend: B, rows: Int = 1000
  ) throws(BackendError) {
    self.machine = machine
    self.backend = backend
    self.rows = rows
    let statistics = InputStatistics(
      .floats(machine.supportVectors), features: machine.features, scaling: machine.inputScaling)
    supports = try KernelRows(
      [Int32](0..<Int32(machine.supportCount)),
      of: backend.makeExamples(machine.supportVectors, columns: machine.features),
      scaling: machine.inputScaling, squares: statistics.squares, on: backend)
    coefficients = try backend.makeMatrix(
      machine.coefficientMatrix, rows: machine.supportCount, columns: machine.intercepts.count)
  }

  /// The products of a batch: the kernel matrix, with a part of the columns where the machine has many
  /// support vectors, and the decisions.
  ///
  /// - Parameter count: The number of examples.
  public func products(for count: Int) -> [ProductSize] {
    let (rows, supports) = (min(count, rows), machine.supportCount)
    return [
      ProductSize(
        rows: rows, columns: min(supports, SVMTrainer<B>.mostSampled), depth: machine.features,
        transposesB: true),
      ProductSize(rows: rows, columns: machine.intercepts.count, depth: supports),
    ]
  }

  /// The predicted class of each example. Waits for the device.
  ///
  /// - Precondition: the data set has the machine's number of inputs.
  public func predictions(for dataset: Dataset) throws(BackendError) -> [Int32] {
    let examples = try backend.makeExamples(dataset, for: machine.inputScaling)
    let squares = InputStatistics(dataset, scaling: machine.inputScaling).squares
    let pairs = machine.pairs
    var predictions: [Int32] = []
    predictions.reserveCapacity(dataset.count)
    for first in stride(from: 0, to: dataset.count, by: rows) {
      let count = min(rows, dataset.count - first)
      let batch = try KernelRows(
        [Int32](Int32(first)..<Int32(first + count)), of: examples, scaling: machine.inputScaling,
        squares: squares, on: backend)
      let decisions = try backend.makeMatrix(rows: count, columns: pairs.count)
      try backend.perform(
        .matmul(
          batch.kernelMatrix(machine.kernel, with: supports, on: backend), coefficients,
          into: decisions))
      let values = try backend.values(of: decisions)
      for row in 0..<count {
        predictions.append(vote(values[row * pairs.count..<(row + 1) * pairs.count], pairs))
      }
    }
    return predictions
  }

  /// The class with the most votes; the first one of a tie.
  private func vote(_ decisions: ArraySlice<Float>, _ pairs: [ClassPair]) -> Int32 {
    var voices = [Int](repeating: 0, count: machine.labels.count)
    for ((decision, intercept), pair) in zip(zip(decisions, machine.intercepts), pairs) {
      voices[decision + intercept > 0 ? pair.first : pair.second] += 1
    }
    let most = voices.max() ?? 0
    return machine.labels[voices.firstIndex(of: most) ?? 0]
  }
}
