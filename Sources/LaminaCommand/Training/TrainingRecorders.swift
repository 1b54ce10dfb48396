import Lamina
import LaminaReport

/// Who writes down what a training does: the log, TensorBoard's events, the profile.
final class TrainingRecorders {
  let log: RunLog?
  let profile: ProfileOutput?
  private let tensorBoardFolder: String?
  private var tensorBoard: TensorBoardLog?

  /// Refuses what cannot be written, before data are read.
  init(log path: String?, _ options: OutputOptions) throws {
    profile = try options.profile.map(ProfileOutput.init(path:))
    if let folder = options.tensorboard { try TensorBoardFile.check(folder: folder) }
    tensorBoardFolder = options.tensorboard
    log = try path.map(RunLog.init(path:))
  }

  /// Everything is ready, and training begins.
  func start(_ run: ReportedTraining) throws {
    log?.write(run.startEvent)
    tensorBoard = try tensorBoardFolder.map(TensorBoardLog.init(folder:))
    tensorBoard?.start(run.plan, device: run.session.device)
    // What was compiled and tried before is no part of the training.
    profile?.profile.clear()
  }

  /// An epoch is over.
  func epoch(_ report: EpochReport) {
    log?.write(report.event)
    tensorBoard?.epoch(report)
  }

  /// Training is over.
  func result(_ run: ReportedTraining, _ outcome: TrainingOutcome) throws(BackendError) {
    if let log { log.write(try run.resultEvent(outcome)) }
  }

  /// Throws where something was lost.
  func finish() throws {
    try log?.finish()
    try tensorBoard?.finish()
  }
}
