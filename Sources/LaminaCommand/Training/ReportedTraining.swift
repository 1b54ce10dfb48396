import Lamina
import LaminaText

/// A training of `lamina train` or `demo`: a session, and the data for its reports.
final class ReportedTraining {
  let plan: TrainingPlan
  let session: TrainingSession
  /// The measured error of the network's own products.
  let productError: ProductError
  private let setUpSeconds: Double

  /// Uploads everything that training and evaluation need.
  ///
  /// - Parameter setUp: A stopwatch that was started before the device was opened.
  init(_ plan: TrainingPlan, on backend: some Backend, setUp: Stopwatch) throws(BackendError) {
    self.plan = plan
    productError = try ProductError(
      of: plan.network.trainingProducts(
        batchSize: plan.options.batchSize(of: plan.data.train.count)),
      seed: plan.options.seed, on: backend)
    session = try TrainingSession(plan.setup, on: backend)
    setUpSeconds = max(0, setUp.seconds - session.times.build)
  }

  /// The times so far.
  var timings: Timings {
    Timings(data: plan.dataSeconds, setUp: setUpSeconds, session: session.times)
  }

  /// The plan for the matrix products, for the log; null if there is none.
  var planJSON: JSON? {
    session.report.plan.map { JSON(["file": $0.file, "products": $0.products]) }
  }

  /// Examples and weights as pictures, for the log; null if there are none.
  func picturesJSON(_ outcome: TrainingOutcome) throws(BackendError) -> JSON {
    guard
      let pictures = TrainingPictures(
        plan.data.test, network: outcome.chosen?.network ?? plan.network,
        threshold: (outcome.chosen?.thresholds ?? plan.setup.thresholds)[0])
    else { return .null }
    return pictures.json(outputs: outcome.test.outputs, try session.parameters())
  }

  /// Trains to the end, or until a signal arrives.
  func run(
    console: TrainingConsole, recorders: TrainingRecorders? = nil
  ) throws(BackendError) -> TrainingOutcome {
    try session.run(
      progress: console.progress,
      epoch: { report in
        recorders?.epoch(report)
        console.epoch(report)
      }, shouldStop: { Interruption.signalNumber != nil })
  }
}
