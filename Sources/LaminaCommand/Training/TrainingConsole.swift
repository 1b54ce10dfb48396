import Lamina
import LaminaText

/// What a training shows: a bar on a terminal, lines everywhere, nothing where it shall be quiet.
final class TrainingConsole {
  private let plan: TrainingPlan
  private let device: DeviceDescription
  private let isQuiet: Bool
  private var bar: ProgressBar?
  /// Of each epoch so far.
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

  /// Says what is about to happen.
  func start() {
    let options = plan.options
    show(
      """
      \(plan.network.text), \(plan.network.parameterCount) parameters, on \(device.name)
      \(plan.dataName): \(plan.data.train.count) examples to train, \(plan.data.test.count) to test
      batch size \(options.batchSize(of: plan.data.train.count)), learning rate \(options.rule.optimizer.learningRate), \
      momentum \(options.rule.optimizer.momentum), seed \(options.seed)

      """)
  }

  /// Called now and then while an epoch is under way.
  func progress(epoch: Int, examples: Int, before: Int, seconds: Double) {
    bar?.update(epoch: epoch, examples: examples, before: before, seconds: seconds)
  }

  /// Puts the line of an epoch in the place of the bar.
  func epoch(_ report: EpochReport) {
    bar?.erase()
    losses.append(report.trainLoss)
    let count = "\(plan.options.epochs)"
    show(
      "epoch \(Format.right("\(report.epoch)", count.count))/\(count)"
        + "  loss \(Format.decimal(report.trainLoss, places: 4))"
        + "  test loss \(Format.decimal(report.testLoss, places: 4))"
        + "  test accuracy \(ReportText.share(report.testAccuracy))"
        + "  \(Format.decimal(report.seconds, places: 2)) s"
        + "  \(Format.rate(report.samplesPerSecond)) samples/s\n")
  }

  /// The tables, the times, and where the model is.
  func finish(_ outcome: TrainingOutcome) {
    let text = ReportText(report: outcome.report, classNames: plan.data.train.classNames)
    let timings = outcome.timings
    show(
      """

      \(text.text)
      training time  \(Format.seconds(timings.training)) \
      (\(Format.decimal(timings.training / 60, places: 2)) min), \
      \(Format.rate(outcome.samplesPerSecond)) samples/s
      other times    data \(Format.seconds(timings.data)), \
      set-up \(Format.seconds(timings.setUp)), \
      kernel build \(Format.seconds(timings.build)), \
      evaluation \(Format.seconds(timings.evaluation))

      """)
    guard Terminal.standardOutput.showsUnicode else { return }
    let pictures = TerminalPictures(
      losses: losses, confusionMatrix: outcome.report.confusionMatrix,
      classNames: plan.data.train.classNames, isColoured: TerminalPictures.colours)
    show("\n\(pictures.text)")
  }

  /// Where the time went.
  func profile(_ output: ProfileOutput) {
    show("\n\(output.table)trace          \(output.path)\n")
  }

  /// Says where the model is.
  func saved(_ path: String) { show("model          \(path)\n") }

  private func show(_ text: String) {
    if !isQuiet { Terminal.standardOutput.write(text) }
  }
}
