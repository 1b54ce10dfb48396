import Glibc
import Lamina
import LaminaText

/// Seconds spent, kept apart so that each can be compared with other programs.
struct Timings {
  /// Reading or drawing the data.
  let data: Double
  /// Opening the device, uploading data and weights, recording the steps; kernels left out.
  let setUp: Double
  /// Building kernels.
  var build: Double { session.build }
  /// Training.
  var training: Double { session.training }
  /// Running parts of the data and comparing.
  var evaluation: Double { session.evaluation }

  private let session: TrainingTimes

  init(data: Double, setUp: Double, session: TrainingTimes) {
    self.data = data
    self.setUp = setUp
    self.session = session
  }
}

extension TrainingOutcome {
  /// Throws unless training came to its end.
  func check(modelPath: String?) throws {
    switch ending {
    case .finished: break
    case .stopped:
      throw Interrupted(
        signalNumber: Interruption.signalNumber ?? SIGINT, activity: "training",
        kept: modelPath.map { "the model reached so far is in \($0)" })
    case .diverged(let epoch, let loss):
      let model = modelPath == nil ? "" : ", and no model is written"
      throw RunError(
        "training diverged: the loss of epoch \(epoch) is \(Format.words(loss))\(model); "
          + "a smaller --learning-rate may help")
    }
  }
}

extension EpochReport {
  /// What the part is called, in logs and on the screen.
  var partName: String { isValidation ? "validation" : "test" }
}

/// The most memory that this process has had, in bytes.
func peakMemory() -> Int {
  var usage = rusage()
  return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss * 1024 : 0
}
