import Glibc
import Synchronization

/// The signal that asked the training to end, or 0.
private let pendingSignal = Atomic<Int32>(0)

/// Ends work cleanly on Ctrl-C or `kill`. A second signal ends the process at once.
enum Interruption {
  /// Handles the first SIGINT or SIGTERM from now on: it is only recorded.
  static func install() {
    signal(SIGINT, note)
    signal(SIGTERM, note)
    // The parent process may have left the signals blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // `lamina train | head` must not lose the model.
    signal(SIGPIPE, SIG_IGN)
  }

  /// The signal that has arrived, if any.
  static var signalNumber: Int32? {
    let number = pendingSignal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  private static let note: @convention(c) (Int32) -> Void = { number in
    pendingSignal.store(number, ordering: .relaxed)
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
  }
}

/// The error of work that a signal ended, thrown after its results were saved.
struct Interrupted: Error, CustomStringConvertible {
  let signalNumber: Int32
  /// The interrupted work, such as `training`.
  let activity: String
  /// The results that remain, as a clause.
  let kept: String?

  /// The exit code that shells report for a process that this signal ended.
  var exitCode: Int32 { 128 + signalNumber }

  var description: String {
    let name = signalNumber == SIGINT ? "SIGINT" : "SIGTERM"
    return "\(activity) was interrupted by \(name)\(kept.map { "; \($0)" } ?? "")"
  }
}
