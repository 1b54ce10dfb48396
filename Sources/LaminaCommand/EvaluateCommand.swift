import ArgumentParser
import Lamina
import LaminaData

/// `lamina evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measures a model with the test set of a data set.")

  @OptionGroup var source: ModelAndData

  func run() throws {
    let (model, test) = try source.load()
    let outputs = try source.outputs(of: model, for: test)
    let (labels, classes) = (try test.labels(), model.description.outputs)
    let report = ClassificationReport(outputs: outputs, labels: labels, classCount: classes)
    let areas = ROC.classAreas(logits: outputs, labels: labels, classCount: classes)
    Terminal.standardOutput.write(
      "\(model.description.text) on the \(test.count) test examples of \(source.data.name)\n\n"
        + ReportText(
          report: report, areaUnderROC: ROC.macro(areas), classNames: test.classNames
        ).text)
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
      "cpu, opencl, opencl:INDEX, or a part of an OpenCL device's name.", valueName: "device"))
  var device = DeviceSelection.cpuSelector

  /// The model and the test set, which fit each other.
  func load() throws -> (model: Model, test: Dataset) {
    let model = try Model(path: model)
    let test = try model.source(data.name).load().test
    try model.check(fits: test)
    return (model, test)
  }

  /// The logits for each example.
  func outputs(of model: Model, for dataset: Dataset) throws(BackendError) -> [Float] {
    func outputs(on backend: some Backend) throws(BackendError) -> [Float] {
      let network = try Network(model.description, values: model.parameters, on: backend)
      return try Evaluator(network, rows: min(evaluationRows, dataset.count)).outputs(for: dataset)
    }
    return try outputs(on: try DeviceSelection(device).open())
  }
}
