import Lamina
import LaminaText

/// The output of a training: plain lines, and a progress bar on a terminal. `--quiet` prints
/// nothing.
final class TrainingConsole {
  private let plan: TrainingPlan
  private let device: DeviceDescription
  private let isQuiet: Bool
  private var bar: ProgressBar?
  /// The training loss of each epoch so far.
  private var losses: [Double] = []

  init(_ plan: TrainingPlan, device: DeviceDescription, isQuiet: Bool) {
    self.plan = plan
    self.device = device
    self.isQuiet = isQuiet
    bar =
      isQuiet
      ? nil
      : ProgressBar(
        perEpoch: plan.data.train.count, inAll: plan.examplesInAll, epochs: plan.options.epochs)
  }

  /// Prints the network, the data, the options, and the measured error of products.
  func start(_ error: ProductError) {
    let (options, optimizer) = (plan.options, plan.options.rule.optimizer)
    let validation = plan.data.validation.map { "\($0.count) to validate, " } ?? ""
    let momentum = optimizer.momentum == 0 ? "" : ", momentum \(optimizer.momentum)"
    show(
      """
      \(plan.network.text), \(plan.network.parameterCount) parameters, on \(device.name)
      \(plan.dataName): \(plan.data.train.count) examples to train, \(validation)\(plan.data.test.count) to test
      \(plan.decisions.text)\(ColumnTable(columns: plan.columns).shortText)batch size \(options.batchSize(of: plan.data.train.count)), \
      \(optimizer.name), learning rate \(optimizer.learningRate)\(momentum), seed \(options.seed)
      \(error.sentence)

      """)
  }

  /// Updates the bar during an epoch.
  func progress(_ progress: TrainingProgress) {
    bar?.update(
      epoch: progress.epoch, examples: progress.examples, before: progress.examplesBefore,
      seconds: progress.seconds)
  }

  /// Replaces the bar with the line of an epoch.
  func epoch(_ report: EpochReport) {
    bar?.erase()
    losses.append(report.trainLoss)
    let count = "\(plan.options.epochs)"
    let headline = report.part.report.headline
    show(
      "epoch \(Format.right("\(report.epoch)", count.count))/\(count)"
        + "  loss \(Format.decimal(report.trainLoss, places: 4))"
        + "  \(report.partName) loss \(Format.decimal(report.part.loss, places: 4))"
        + "  \(report.partName) \(headline.name) \(ReportText.share(headline.value))"
        + "  \(Format.decimal(report.training.seconds, places: 2)) s"
        + "  \(Format.rate(report.samplesPerSecond)) samples/s\n")
  }

  /// Prints the tables and the times.
  func finish(_ outcome: TrainingOutcome, _ timings: Timings) {
    let best = outcome.bestEpoch.map { "the weights are those of the best epoch, \($0)\n\n" } ?? ""
    let names = plan.data.train.targets.names
    let choice = outcome.chosen.map { ChosenOutputsText($0, names: names).text + "\n" } ?? ""
    let text = TaskReportText(
      report: outcome.test.report, loss: outcome.test.loss, network: plan.network,
      names: plan.data.train.targets.names)
    show(
      """

      \(best)\(choice)\(text.text)
      training time  \(Format.seconds(timings.training)) \
      (\(Format.decimal(timings.training / 60, places: 2)) min), \
      \(Format.rate(outcome.samplesPerSecond)) samples/s
      other times    data \(Format.seconds(timings.data)), \
      set-up \(Format.seconds(timings.setUp)), \
      kernel build \(Format.seconds(timings.build)), \
      evaluation \(Format.seconds(timings.evaluation))

      """)
    guard Terminal.standardOutput.showsUnicode else { return }
    var matrix: ConfusionMatrix?
    if case .classes(let report) = outcome.test.report { matrix = report.confusionMatrix }
    let pictures = TerminalPictures(
      losses: losses, confusionMatrix: matrix,
      classNames: plan.data.train.classNames, isColoured: TerminalPictures.colours)
    show("\n\(pictures.text)")
  }

  /// Prints the profile.
  func profile(_ output: ProfileOutput) { show("\n\(output.table)trace          \(output.path)\n") }

  /// Prints the paths of the model and of the page about it.
  func saved(_ path: String, card: String?) {
    show("model          \(path)\n" + (card.map { "card           \($0)\n" } ?? ""))
  }

  private func show(_ text: String) {
    if !isQuiet { Terminal.standardOutput.write(text) }
  }
}
