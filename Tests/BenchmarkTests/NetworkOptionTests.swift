import ArgumentParser
import Lamina
import LaminaCPU
import Testing

@testable import LaminaBenchmark
@testable import LaminaMeasurement

/// Networks as the options of `lamina-benchmark` name them, and the work measured for them.
@Suite("Benchmarks of named networks") struct NetworkOptionTests {
  private func rows(_ arguments: String...) throws -> [NetworkRow] {
    let command = try StepCommand.parse(arguments)
    return try command.layers.checkedRows(command.training)
  }

  @Test("Without options, the networks of the targets are trained as ever")
  func table() throws {
    let rows = try rows()
    #expect(rows.map(\.description) == NetworkRow.table.map(\.description))
    #expect(rows.map(\.batchSize) == [64, 32, 128, 512])
    #expect(rows.allSatisfy { $0.optimizer == .sgd(NetworkRow.rule) })
    #expect(rows[0].title == "784-128-64-10, batch 64")
    #expect(try self.rows("--network", "784,16,10")[0].batchSize == 32)
  }

  @Test("Layers are those of --hidden between inputs and outputs")
  func layers() throws {
    let row = try rows(
      "--network", "30, 256, batch_normalization, 64 tanh, dropout(0.2), 2", "--optimizer", "adamw",
      "--loss", "mse", "--batch-size", "16")[0]
    #expect(
      row.description.layers == [
        .dense(outputs: 256, activation: .relu), .batchNormalization(),
        .dense(outputs: 64, activation: .tanh), .dropout(rate: 0.2),
        .dense(outputs: 2, activation: .identity),
      ])
    #expect(row.description.inputs == 30 && row.description.inputScaling == .identity)
    #expect(row.description.loss == .squaredError)
    #expect(row.description.reduction == .meanOfElements)
    #expect(row.batchSize == 16 && row.optimizer == .adamW(Adam()))
    #expect(row.sizes == [30, 256, 64, 2])
  }

  @Test("Stored inputs are bytes for classes, unless told otherwise")
  func inputs() throws {
    #expect(try rows("--network", "9,3")[0].inputByteCount == 9)
    #expect(try rows("--network", "9,3", "--inputs", "floats")[0].inputByteCount == 36)
    #expect(try rows("--network", "9,3", "--loss", "mae")[0].inputByteCount == 36)
  }

  @Test(
    "Bad networks are refused with what is wrong",
    arguments: [
      (["--network", "784"], "784"), (["--network", "x,10"], "'x' is no number of inputs"),
      (["--network", "784,10,dropout(0.5)"], "does not end with a number of outputs"),
      (["--network", "784,dropot(0.5),10"], "did you mean 'dropout'"),
      (["--network", "784,10", "--optimizer", "adm"], "did you mean 'adam'"),
      (["--network", "784,10", "--optimizer", "adam", "--momentum", "0.5"], "no effect with adam"),
      (["--network", "784,10 relu"], "softmax_cross_entropy goes with the output activation"),
      (["--network", "784,dropout(2),10"], "2"),
    ])
  func refusals(arguments: [String], expected: String) {
    var problem = ""
    do {
      let command = try StepCommand.parse(arguments)
      _ = try command.layers.checkedRows(command.training)
    } catch { problem = StepCommand.message(for: error) + "\(error)" }
    #expect(problem.contains(expected), "\(problem)")
  }

  /// The loss at the beginning and after a while.
  private func losses(_ row: NetworkRow) throws -> (first: Double, last: Double) {
    let backend = try CPUBackend(threads: 1)
    let dataset = SyntheticData.dataset(for: row, count: 512)
    let workload = try StepBenchmark(network: row, dataset: dataset).prepare(on: backend)
    let first = try #require(try workload.loss?())
    for _ in 0..<400 { try workload.enqueue() }
    return (first, try #require(try workload.loss?()))
  }

  @Test(
    "Generated data can be learned, whatever the loss",
    arguments: ["softmax_cross_entropy", "logistic_cross_entropy", "mse"])
  func learns(loss: String) throws {
    let row = try rows(
      "--network", "20,32,batch_normalization,4", "--loss", loss, "--optimizer", "adam",
      "--learning-rate", "0.01", "--batch-size", "32", "--inputs", "floats")[0]
    let losses = try losses(row)
    #expect(losses.last < 0.3 * losses.first, "\(losses)")
  }

  @Test("Inference gives the outputs of all examples, in the batch of the device")
  func inference() throws {
    let row = try rows("--network", "20,32,4", "--inputs", "floats")[0]
    let backend = try CPUBackend(threads: 1)
    let dataset = SyntheticData.dataset(for: row, count: 700)
    let benchmark = InferenceBenchmark(network: row, dataset: dataset)
    let workload = try benchmark.prepare(on: backend)
    #expect(throws: TrainingFailure.self, "nothing has run") { try workload.verify() }
    try workload.enqueue()
    try workload.verify()
    #expect(workload.rows == Evaluation.rows(for: row.description, on: backend.device))
    #expect(benchmark.work.examples == 700)
    #expect(benchmark.work.operations == 700 * 2 * (20 * 32 + 32 * 4))
    let told = try InferenceBenchmark(network: row, dataset: dataset, rows: 50).prepare(on: backend)
    #expect(told.rows == 50)
  }
}
