import FoundationEssentials
import Glibc
import Lamina
import Synchronization

/// Tries kernels in a process of its own, which is started for the first trial and lives as long as
/// this: a compiler or a kernel that crashes or hangs ends that process and nothing else.
///
/// The process reads a trial a line, as JSON, and answers each with a line, by ``TrialServer``.
final class TrialHost {
  private let arguments: [String]
  private let device: DeviceDescription
  /// Seconds that a trial may take, with its compilation.
  private let seconds: Double
  private var child: ChildConversation?

  /// - Parameter program: The path of a program and its arguments; the device's selector follows.
  init(_ program: [String], _ device: DeviceDescription, _ options: OpenCLOptions) {
    arguments = program + [device.selector]
    self.device = device
    seconds = options.trialSeconds
  }

  deinit { child?.end() }

  /// The fault of a kernel, nil for a right one, and whether it is certain.
  typealias Finding = (problem: String?, isConclusive: Bool)

  /// Tries a kernel.
  ///
  /// - Throws: When no process can be started, or the device's memory is full.
  func finding(on trial: KernelTrial) throws(BackendError) -> Finding {
    try begin(trial)
    return try finish(trial)
  }

  /// Gives a kernel to the process, which begins to try it.
  func begin(_ trial: KernelTrial) throws(BackendError) {
    let line: String
    do { line = String(decoding: try JSONEncoder().encode(trial), as: UTF8.self) } catch {
      throw failure("a trial could not be written down: \(error)")
    }
    let child = if let child = self.child { child } else { try start() }
    self.child = child
    child.send(line)
  }

  /// Waits for the trial that ``begin(_:)`` has begun.
  func finish(_ trial: KernelTrial) throws(BackendError) -> Finding {
    guard let child else { return ("\(trial.name) was not begun", false) }
    switch child.answer(seconds: seconds) {
    case .answer(let text): return (try problem(text), true)
    case .tooLate:
      self.child = nil
      return ("\(trial.name) has not ended within \(Int(seconds)) s on \(device.name)", false)
    case .ended(let how):
      self.child = nil
      return (
        "\(trial.name) has ended the process that tried it on \(device.name) (\(how))", false
      )
    }
  }

  private func problem(_ text: String) throws(BackendError) -> String? {
    guard let answer = try? JSONDecoder().decode(TrialAnswer.self, from: Data(text.utf8)) else {
      throw failure("a trial was answered by '\(text)'")
    }
    if answer.isLast == true { child = nil }
    if let bytes = answer.missingBytes { throw .outOfMemory(bytes: bytes, device: device.name) }
    return answer.problem
  }

  private func start() throws(BackendError) -> ChildConversation {
    guard let child = ChildConversation(arguments) else {
      throw failure("\(arguments[0]): \(String(cString: strerror(errno)))")
    }
    return child
  }

  private func failure(_ reason: String) -> BackendError {
    .callFailed(call: "the process that tries kernels", status: reason, device: device.name)
  }
}

/// The outcome of a trial.
struct TrialAnswer: Codable {
  /// Nil for a right kernel.
  var problem: String?
  /// The bytes that there was no memory for: says nothing of the kernel.
  var missingBytes: Int?
  /// True if the process ends after it, since its device may be lost.
  var isLast: Bool?
}

/// The other end of a ``TrialHost``.
package enum TrialServer {
  /// The prefix of answers, since drivers write to the standard output too.
  static let mark = "lamina trial: "

  /// Tries the kernels that lines of the standard input describe, until it ends.
  package static func run(on device: OpenCLDevice, options: OpenCLOptions) throws {
    var options = options
    (options.trialProgram, options.keepsTrials, options.usesPlan) = (nil, false, false)
    options.triesDevice = false
    endWithParent()
    let backend = try OpenCLBackend(device, options: options)
    while let line = readLine() {
      let trial = try JSONDecoder().decode(KernelTrial.self, from: Data(line.utf8))
      let answer = try answer(trial, by: backend)
      let text = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
      print("\(mark)\(text)")
      fflush(nil)
      // A driver that has lost its device may crash in whatever it does next, exit handlers
      // included. This is the child, which keeps nothing of the user's.
      if answer.isLast == true { _exit(0) }
    }
  }

  /// Ends the process when its parent has ended, even where a trial never ends.
  private static func endWithParent() {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        // Without events it returns when the other end of the pipe is closed.
        var input = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
        while poll(&input, 1, -1) < 0 {}
        // Time for an orderly end. One that hangs in a kernel has no other; this is the child,
        // which keeps nothing of the user's.
        sleep(2)
        _exit(1)
      }, nil)
  }

  private static func answer(
    _ trial: KernelTrial, by backend: OpenCLBackend
  ) throws(BackendError) -> TrialAnswer {
    var answer = TrialAnswer()
    do throws(BackendError) {
      answer.problem = try backend.tryHere(trial, isAlone: true)
    } catch .outOfMemory(let bytes, _) {
      answer.missingBytes = bytes
    } catch .deviceLost(let call, let status, let device, _) {
      // It is lost to this process alone.
      answer.problem =
        BackendError.callFailed(call: call, status: status, device: device).description
    } catch {
      answer.problem = error.description
    }
    if backend.queue.isLost { answer.isLast = true }
    return answer
  }
}
