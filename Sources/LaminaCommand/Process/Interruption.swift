import Glibc
import Synchronization

/// The signal that asked the training to end, or 0.
private let pendingSignal = Atomic<Int32>(0)

/// Ends training in good order on Ctrl-C or `kill`; a second signal ends the process at once.
enum Interruption {
  /// From now on the first SIGINT or SIGTERM is only noted.
  static func install() {
    signal(SIGINT, note)
    signal(SIGTERM, note)
    // Whoever started the program may have left the signals blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    // `lamina train | head` shall not lose the model.
    signal(SIGPIPE, SIG_IGN)
  }

  /// The signal that came, if one has.
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

/// Work was ended by a signal, after what it had reached was saved.
struct Interrupted: Error, CustomStringConvertible {
  let signalNumber: Int32
  /// What was interrupted.
  let activity: String
  /// What is left of it, as a clause.
  let kept: String?

  /// What a shell reports for a process that such a signal ended.
  var exitCode: Int32 { 128 + signalNumber }

  var description: String {
    let name = signalNumber == SIGINT ? "SIGINT" : "SIGTERM"
    return "\(activity) was interrupted by \(name)\(kept.map { "; \($0)" } ?? "")"
  }
}
