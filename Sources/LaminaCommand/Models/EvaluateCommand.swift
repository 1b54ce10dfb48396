import ArgumentParser
import Lamina
import LaminaData
import LaminaDevices

/// `lamina evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures a model with the test set of a data set.")

  @OptionGroup var source: ModelAndData

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      From which probability on labels are named: one for all, or one a label. \
      (default: those of the training)
      """,
      valueName: "numbers"),
    transform: Thresholds.init(parsing:))
  var thresholds: Thresholds?

  func run() throws {
    let (model, test, decisions) = try source.load()
    try thresholds?.validate(for: test, model.description)
    let network = model.description
    let evaluation = try source.evaluate(model, on: test)
    let report = TaskReport(
      outputs: evaluation.outputs, of: network, for: test,
      thresholds: thresholds?.numbers ?? model.thresholds)
    Terminal.standardOutput.write(
      "\(network.text) on the \(test.count) test examples of \(source.measured)\n"
        + "\(decisions.text)\n"
        + text(report, evaluation, network, test))
  }

  private func text(
    _ report: TaskReport, _ evaluation: Evaluation, _ network: NetworkDescription, _ test: Dataset
  ) -> String {
    guard case .classes(let classes) = report, case .classes(let labels, let names) = test.targets
    else {
      return TaskReportText(
        report, loss: evaluation.loss, network: network, names: test.targets.names
      ).text
    }
    let areas = ROC.classAreas(
      logits: network.logits(evaluation.outputs), labels: labels, classCount: names.count)
    return ReportText(
      report: classes, loss: evaluation.loss, tellsProbabilities: network.tellsProbabilities,
      areaUnderROC: ROC.macro(areas), classNames: names
    ).text
  }
}

/// A model, the data to run it on, and the device to run it with.
struct ModelAndData: ParsableArguments {
  @Option(help: ArgumentHelp("The model to run (safetensors).", valueName: "file"))
  var model: String

  @Option(
    help: ArgumentHelp(DataSelection.help, valueName: DataSelection.valueName))
  var data: DataSelection

  @Option(
    help: ArgumentHelp(
      "The test part, where --data has none; the same path again for all of it.", valueName: "path")
  )
  var test: String?

  @OptionGroup(title: "Text of the data") var text: TextArguments

  @OptionGroup var place: DeviceArguments

  /// The path whose examples are measured.
  var measured: String { test ?? data.name }

  /// The model and the test set, which fit each other.
  func load() throws -> (model: Model, test: Dataset, decisions: [DataDecision]) {
    try place.check()
    let model = try Model(path: model)
    var source = model.source(data.name)
    if let test { (source.options.test, source.options.testShare) = (test, nil) }
    if let notice = model.notice { Notice.warn(notice) }
    try text.check(areFor: measured)
    text.apply(to: &source.options)
    let (examples, decisions) = try source.readTest()
    try model.check(fits: examples)
    return (model, examples, decisions)
  }

  /// The outputs for each example, and the mean loss.
  func evaluate(_ model: Model, on dataset: Dataset) throws -> Evaluation {
    func evaluate(on backend: some Backend) throws(BackendError) -> Evaluation {
      let network = try Network(model.description, values: model.parameters, on: backend)
      return try Evaluator(network, rows: min(Evaluation.rows, dataset.count)).evaluate(
        DeviceDataset(dataset, for: model.description, on: backend))
    }
    return try evaluate(on: try place.select().open().backend)
  }
}
