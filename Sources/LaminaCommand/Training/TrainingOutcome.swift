import Glibc
import Lamina
import LaminaText

/// Seconds spent, kept apart so that each can be compared with other programs.
struct Timings {
  /// Reading or drawing the data.
  var data = 0.0
  /// Opening the device, uploading data and weights, recording the steps; kernels left out.
  var setUp = 0.0
  /// Building kernels.
  var build = 0.0
  /// Training.
  var training = 0.0
  /// Running the test set and comparing.
  var evaluation = 0.0
}

/// What a training came to.
struct TrainingOutcome {
  /// Why it ended.
  enum Ending: Equatable {
    case finished
    case interrupted(signal: Int32)
    /// A loss was infinite or no number.
    case diverged(epoch: Int, loss: Double)
  }

  var ending = Ending.finished
  var epochs = 0
  var steps = 0
  var examples = 0
  /// The mean loss of the last epoch.
  var trainLoss = Double.nan
  /// The epoch whose weights are kept, where that is not the last.
  var bestEpoch: Int?
  /// How the network does on the part that each epoch ends with.
  var monitored: PartReport
  /// How it does on the test part, where that is another one.
  var test: PartReport?
  var timings: Timings

  init(monitored: PartReport, timings: Timings) {
    self.monitored = monitored
    self.timings = timings
  }

  /// How the network does on the test part.
  var result: PartReport { test ?? monitored }

  /// Training alone, without evaluation or set-up.
  var samplesPerSecond: Double { timings.training > 0 ? Double(examples) / timings.training : 0 }

  /// Whether the parameters are worth saving.
  var isUsable: Bool {
    if case .diverged = ending { false } else { true }
  }

  /// Throws unless training came to its end.
  func check(modelPath: String?) throws {
    switch ending {
    case .finished: break
    case .interrupted(let signal):
      throw Interrupted(
        signalNumber: signal, activity: "training",
        kept: modelPath.map { "the model reached so far is in \($0)" })
    case .diverged(let epoch, let loss):
      let model = modelPath == nil ? "" : ", and no model is written"
      throw RunError(
        "training diverged: the loss of epoch \(epoch) is \(Format.words(loss))\(model); "
          + "a smaller --learning-rate may help")
    }
  }
}

/// The most memory that this process has had, in bytes.
func peakMemory() -> Int {
  var usage = rusage()
  return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss * 1024 : 0
}
