import Lamina
import LaminaReport

/// The recorders of a training: the log, TensorBoard's events, and the profile.
final class TrainingRecorders {
  let log: RunLog?
  let profile: ProfileOutput?
  /// The scores on the validation part after each epoch; empty without such a part.
  private(set) var validation: [Int: ModelCard.PartScores] = [:]
  private let tensorBoardFolder: String?
  private var tensorBoard: TensorBoardLog?

  /// Refuses paths that cannot be written, before the data are read.
  init(log path: String?, _ options: OutputOptions) throws {
    profile = try options.profile.map(ProfileOutput.init(path:))
    if let folder = options.tensorboard { try TensorBoardFile.check(folder: folder) }
    tensorBoardFolder = options.tensorboard
    log = try path.map(RunLog.init(path:))
  }

  /// Records the start of training.
  func start(_ run: ReportedTraining) throws {
    log?.write(run.startEvent)
    tensorBoard = try tensorBoardFolder.map(TensorBoardLog.init(folder:))
    tensorBoard?.start(run.plan, device: run.session.device)
    // Compilation and trials before this are not part of the training.
    profile?.profile.clear()
  }

  /// Records an epoch.
  func epoch(_ report: EpochReport) {
    if report.isValidation {
      validation[report.epoch] = ModelCard.PartScores(
        loss: report.part.loss, scores: report.part.report.scores)
    }
    log?.write(report.event)
    tensorBoard?.epoch(report)
  }

  /// Records the result of training.
  func result(_ run: ReportedTraining, _ outcome: TrainingOutcome) throws(BackendError) {
    if let log { log.write(try run.resultEvent(outcome)) }
  }

  /// Throws if a line or an event was lost.
  func finish() throws {
    try log?.finish()
    try tensorBoard?.finish()
  }
}
