import Lamina
import LaminaData
import LaminaDevices
import LaminaText

/// The prediction of all examples of a data set, block by block: while the device computes one
/// block, another thread reads the next ones.
struct PredictionRun {
  let source: ModelAndData
  let output: String
  let format: PredictionFormat
  let tellsProbabilities: Bool
  let kept: [ColumnReference]
  let batchSize: Int?
  let isQuiet: Bool

  private var writesToOutput: Bool { output == PredictionFile.standardOutput }

  func run() throws {
    try source.place.check()
    try checkFiles()
    let model = try Model(path: source.model)
    for notice in model.notices { Notice.warn(notice) }
    var data = model.source(source.data.name)
    if data.path != DataSource.standardInput { try source.text.check(areFor: data.path) }
    source.text.apply(to: &data.options)
    let stream = try model.stream(data, keeping: kept)
    let layout = try PredictionLayout(
      model, keeping: stream.keptNames, tellsProbabilities: tellsProbabilities)
    let device = try source.place.select()
    // Until here, Ctrl-C ends the process at once, even if it waits for the standard input.
    Interruption.install()
    let file = try PredictionFile(path: output, format, layout)
    tell(stream.decisions)
    let told = stream.decisions.count
    let watch = Stopwatch()
    let error = try predict(stream, by: model, into: file, on: device.open().backend)
    tell(Array(stream.decisions.dropFirst(told)))
    tell(error.sentence)
    try finish(file, stream.name, model, seconds: watch.seconds)
  }

  private func checkFiles() throws(InputError) {
    var files = FileUse()
    files.reads(source.model, as: "--model")
    if source.data.name != DataSource.standardInput { files.readsData(source.data) }
    if !writesToOutput { files.writes(output, as: "--output") }
    try files.check()
  }

  /// - Returns: The measured error of the network's products.
  private func predict<B: Backend>(
    _ stream: ExampleStream, by model: Model, into file: PredictionFile, on backend: B
  ) throws -> ProductError {
    let network = try Network(model.description, values: model.parameters, on: backend)
    let predictor = try Predictor(network, rows: batchSize)
    let products = model.description.forwardProducts(rows: predictor.rows)
    let error = try ProductError(of: products, on: backend)
    let progress = PredictionProgress(unless: isQuiet || writesToOutput)
    while let block = try stream.next(isStopped: { Interruption.signalNumber != nil }) {
      try stopIfAsked()
      let outputs = try predictor.outputs(for: block.examples)
      try writing { () throws(DataError) in try file.append(outputs, keeping: block.kept) }
      progress.show(file.count, share: block.share)
    }
    try stopIfAsked()
    progress.erase()
    return error
  }

  private func stopIfAsked() throws(Interrupted) {
    guard let number = Interruption.signalNumber else { return }
    throw Interrupted(
      signalNumber: number, activity: "the prediction",
      kept: writesToOutput ? nil : "\(output) is not written")
  }

  private func finish(
    _ file: PredictionFile, _ name: String, _ model: Model, seconds: Double
  ) throws {
    try writing { () throws(DataError) in try file.finish() }
    let rows = file.count == 1 ? "1 example" : "\(file.count) examples"
    guard !writesToOutput else {
      if file.count == 0 { Notice.warn("\(name) has no example; the output has none either") }
      return
    }
    if file.count == 0 { Notice.warn("\(name) has no example; \(output) has none either") }
    tell(
      "\(rows) of \(name) predicted by \(model.description.text) in \(Format.seconds(seconds)): "
        + output)
  }

  /// Prints lines beside the predictions.
  private func tell(_ decisions: [DataDecision]) {
    guard !isQuiet, !decisions.isEmpty else { return }
    if writesToOutput {
      Notice.tell(decisions)
    } else {
      Terminal.standardOutput.write(decisions.text)
    }
  }

  private func tell(_ sentence: String) {
    guard !isQuiet else { return }
    (writesToOutput ? Terminal.standardError : .standardOutput).write(sentence + "\n")
  }

  /// A failure to write is one of the machine, not of the input.
  private func writing(_ write: () throws(DataError) -> Void) throws(RunError) {
    do throws(DataError) { try write() } catch { throw RunError(error.description) }
  }
}
