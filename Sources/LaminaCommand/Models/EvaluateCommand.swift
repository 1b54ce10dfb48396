import ArgumentParser
import Lamina
import LaminaData
import LaminaDevices

/// `lamina evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Evaluates a model on the test set of a data set.")

  @OptionGroup var source: ModelAndData

  @Option(
    """
    The probability above which a label is predicted: one for all, or one per label; for two \
    classes, that of the second. \
    (default: those of the model)
    """, value: "numbers", parsing: .unconditional) var thresholds: Thresholds?

  @OptionGroup(title: "Importance of inputs") var importance: ImportanceArguments

  @Flag(help: "Print one JSON object instead of tables (docs/files.md).") var json = false

  func run() throws {
    try importance.check()
    let (model, test, decisions) = try source.load()
    try thresholds?.validate(for: test, model.description)
    let network = model.description
    let limits = thresholds?.numbers ?? model.thresholds
    let groups = try importance.groups(of: model, test)
    let (evaluation, error, report, columns) = try source.evaluate(
      model, on: test, thresholds: limits, groups, importance)
    let measured = columns.map {
      ImportanceResult(
        $0, score: report.headline, repeats: importance.repeats, seed: importance.seed)
    }
    guard !json else {
      let object = EvaluationJSON(
        model: source.model, data: source.measured, network: network, test: test,
        decisions: decisions, error: error, report: report, evaluation: evaluation,
        thresholds: limits, importance: measured)
      return Terminal.standardOutput.write(object.text)
    }
    Terminal.standardOutput.write(
      "\(network.text) on the \(test.count) test examples of \(source.measured)\n"
        + decisions.text + "\(error.sentence)\n\n" + text(report, evaluation, network, test)
        + (measured?.text ?? ""))
  }

  private func text(
    _ report: TaskReport, _ evaluation: Evaluation, _ network: NetworkDescription, _ test: Dataset
  ) -> String {
    guard case .classes(let classes) = report, case .classes(let labels, let names) = test.targets
    else {
      return TaskReportText(
        report: report, loss: evaluation.loss, network: network, names: test.targets.names
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

/// A model, the data to run it on, and the device that runs it.
struct ModelAndData: ParsableArguments {
  @Option("The model to run (safetensors).", value: "file") var model: String

  @Option(DataSelection.help, value: DataSelection.valueName) var data: DataSelection

  @Option(
    "The path of the test part, if --data has none; the path of --data to use all examples.",
    value: "path") var test: String?

  @OptionGroup(title: "Format of text data") var text: TextArguments

  @OptionGroup var place: DeviceArguments

  /// The path of the examples that are evaluated.
  var measured: String { test ?? data.name }

  /// Reads the model and the test set, and checks that they fit each other.
  func load() throws -> (model: Model, test: Dataset, decisions: [DataDecision]) {
    try place.check()
    let model = try Model(path: model)
    var source = model.source(data.name)
    if let test { (source.options.test, source.options.testShare) = (test, nil) }
    for notice in model.notices { Notice.warn(notice) }
    try text.check(areFor: measured)
    text.apply(to: &source.options)
    let (examples, decisions) = try source.readTest()
    try model.check(fits: examples)
    return (model, examples, decisions)
  }

  /// What an evaluation finds.
  typealias Found = (
    evaluation: Evaluation, error: ProductError, report: TaskReport,
    importance: [PermutationImportance]?
  )

  /// Computes the outputs for each example, and the mean loss, with the measured error of products,
  /// and the importance of inputs.
  ///
  /// - Parameters:
  ///   - groups: The inputs whose importance is measured; nil for none.
  ///   - options: How their importance is measured.
  func evaluate(
    _ model: Model, on dataset: Dataset, thresholds: [Double],
    _ groups: [PermutationImportance.Group]?, _ options: ImportanceArguments
  ) throws -> Found {
    func evaluate<B: Backend>(on backend: B) throws(BackendError) -> Found {
      let error = try error(of: model, for: dataset, on: backend)
      let evaluation = try evaluator(of: model, for: dataset, on: backend).evaluate(
        DeviceDataset(dataset, for: model.description, on: backend))
      let report = TaskReport(
        outputs: evaluation.outputs, of: model.description, for: dataset, thresholds: thresholds)
      guard let groups else { return (evaluation, error, report, nil) }
      let network = try Network(model.description, values: model.parameters, on: backend)
      let importance = try PermutationImportance.measure(
        groups, of: network, for: dataset, score: report.headline.value ?? .nan,
        thresholds: thresholds, repeats: options.repeats, seed: options.seed)
      return (evaluation, error, report, importance)
    }
    return try evaluate(on: try place.select().open().backend)
  }

  /// Computes the outputs for each example, with the measured error of products.
  func outputs(
    of model: Model, for dataset: Dataset
  ) throws -> (outputs: [Float], error: ProductError) {
    func outputs<B: Backend>(
      on backend: B
    ) throws(BackendError) -> (outputs: [Float], error: ProductError) {
      let error = try error(of: model, for: dataset, on: backend)
      return (try evaluator(of: model, for: dataset, on: backend).outputs(for: dataset), error)
    }
    return try outputs(on: try place.select().open().backend)
  }

  /// Throws if a product has an error beyond its precision.
  private func error<B: Backend>(
    of model: Model, for dataset: Dataset, on backend: B
  ) throws(BackendError) -> ProductError {
    let rows = min(dataset.count, Evaluation.rows(for: model.description, on: backend.device))
    return try ProductError(of: model.description.forwardProducts(rows: rows), on: backend)
  }

  private func evaluator<B: Backend>(
    of model: Model, for dataset: Dataset, on backend: B
  ) throws(BackendError) -> Evaluator<B> {
    let network = try Network(model.description, values: model.parameters, on: backend)
    return try Evaluator(network, most: dataset.count)
  }
}
