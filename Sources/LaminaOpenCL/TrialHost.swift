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

  /// What is wrong with a kernel; nil for a right one.
  ///
  /// - Throws: When no process can be started.
  func verdict(on trial: KernelTrial) throws(BackendError) -> String? {
    let line: String
    do { line = String(decoding: try JSONEncoder().encode(trial), as: UTF8.self) } catch {
      throw failure("a trial could not be written down: \(error)")
    }
    let child = if let child = self.child { child } else { try start() }
    self.child = child
    switch child.ask(line, seconds: seconds) {
    case .answer(let text): return try verdict(text)
    case .tooLate:
      self.child = nil
      return "\(trial.name) has not ended within \(Int(seconds)) s on \(device.name)"
    case .ended(let how):
      self.child = nil
      return "\(trial.name) has ended the process that tried it on \(device.name) (\(how))"
    }
  }

  private func verdict(_ text: String) throws(BackendError) -> String? {
    guard let answer = try? JSONDecoder().decode(TrialAnswer.self, from: Data(text.utf8)) else {
      throw failure("a trial was answered by '\(text)'")
    }
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

/// What a trial came to.
struct TrialAnswer: Codable {
  /// Nil for a right kernel.
  var problem: String?
}

/// The other end of a ``TrialHost``.
package enum TrialServer {
  /// What answers begin with, since drivers write to the standard output too.
  static let mark = "lamina trial: "

  /// Tries the kernels that lines of the standard input describe, until it ends.
  package static func run(on device: OpenCLDevice, options: OpenCLOptions) throws {
    var options = options
    (options.trialProgram, options.keepsTrials, options.usesPlan) = (nil, false, false)
    options.triesDevice = false
    let backend = try OpenCLBackend(device, options: options)
    while let line = readLine() {
      let trial = try JSONDecoder().decode(KernelTrial.self, from: Data(line.utf8))
      let answer = TrialAnswer(problem: try backend.tryHere(trial))
      let text = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
      print("\(mark)\(text)")
      fflush(nil)
    }
  }
}
