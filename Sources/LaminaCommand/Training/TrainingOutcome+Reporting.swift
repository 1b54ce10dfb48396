import Glibc
import Lamina
import LaminaText

/// The seconds of each stage, so that each can be compared with other programs.
struct Timings {
  /// Reading or generating the data.
  let data: Double
  /// Opening the device, uploading data and weights, and recording the steps, without kernel
  /// builds.
  let setUp: Double
  /// Building kernels.
  var build: Double { session.build }
  /// Training.
  var training: Double { session.training }
  /// Evaluating parts of the data.
  var evaluation: Double { session.evaluation }

  let session: TrainingTimes
}

extension TrainingOutcome {
  /// Throws unless training finished.
  func check(modelPath: String?) throws {
    switch ending {
    case .finished: break
    case .stopped:
      throw Interrupted(
        signalNumber: Interruption.signalNumber ?? SIGINT, activity: "training",
        kept: modelPath.map { "the model so far is in \($0)" })
    case .diverged(let epoch, let loss):
      let model = modelPath == nil ? "" : ", and no model is written"
      throw RunError(
        "training diverged: the loss of epoch \(epoch) is \(Format.words(loss))\(model); "
          + "a smaller --learning-rate may help")
    }
  }
}

extension EpochReport {
  /// The name of the part in logs and on the screen.
  var partName: String { isValidation ? "validation" : "test" }
}

/// The peak resident memory of this process, in bytes.
func peakMemory() -> Int {
  var usage = rusage()
  return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss * 1024 : 0
}
