package import Lamina

/// The outputs of a network for a whole data set that is on the device: forward passes without any
/// loss, in batches that suit the device, and the copy of the outputs to the host.
package struct InferenceBenchmark: Benchmark {
  package let network: NetworkRow
  private let dataset: Dataset
  private let rows: Int?

  /// - Parameter rows: The examples of a batch; nil for as many as suit the device.
  package init(network: NetworkRow, dataset: Dataset, rows: Int? = nil) {
    self.network = network
    self.dataset = dataset
    self.rows = rows
  }

  package var label: Label {
    Label(
      group: .inference, operation: "inference", network: network, dataCount: dataset.count)
  }

  /// The products, and the bytes that must move: those of inputs and outputs.
  package var work: BenchmarkWork {
    let description = network.description
    return BenchmarkWork(
      limit: .arithmetic, operations: description.forwardOperationsPerExample * dataset.count,
      bytes: dataset.inputByteCount + 4 * description.outputs * dataset.count,
      examples: dataset.count)
  }

  package var products: [ProductSize] {
    network.description.forwardProducts(rows: min(rows ?? Evaluation.usualRows, dataset.count))
  }

  package func prepare<B: Backend>(on backend: B) throws(BackendError) -> Workload {
    let description = network.description
    let evaluator = try Evaluator(
      Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
        on: backend), rows: rows)
    let examples = try backend.makeExamples(dataset, for: description.inputScaling)
    let result = InferenceResult()
    return Workload(
      enqueue: { () throws(BackendError) in
        result.outputs = try evaluator.outputs(for: examples)
      },
      verify: {
        guard result.outputs.count == dataset.count * description.outputs,
          result.outputs.allSatisfy(\.isFinite)
        else {
          throw TrainingFailure(
            description: "the outputs of \(description.name) on \(backend.device.selector) are not "
              + "all finite numbers")
        }
      }, rows: evaluator.rows)
  }
}

private final class InferenceResult {
  var outputs: [Float] = []
}
