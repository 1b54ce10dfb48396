import Foundation
import Testing

/// The tests of the program. They run one after the other, because each starts programs that use
/// all cores.
@Suite("Commands", .serialized) struct CommandTests {}

/// A child process that runs the built program, or another.
final class Program {
  /// The result of a run.
  struct Result {
    let code: Int32
    let output: String
    let errors: String

    /// The lines of the standard output.
    var lines: [Substring] { output.split(separator: "\n") }
  }

  /// The program next to the test bundle, on every system.
  static var path: String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let candidates =
      [tests.deletingLastPathComponent()]
      + ProcessInfo.processInfo.arguments.map {
        URL(fileURLWithPath: $0).deletingLastPathComponent()
      }
    return candidates.map { $0.appendingPathComponent("lamina").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "lamina"
  }

  /// The devices on which commands are tested: the CPU, and OpenCL where there is a device.
  static let devices: [String] = {
    let listed = try? Program.run(["devices"]).output
    return listed?.contains("opencl:0") == true ? ["cpu", "opencl"] : ["cpu"]
  }()

  private let process = Process()
  /// Files instead of pipes: a full pipe blocks its writer, and a pipe stays open as long as any
  /// child has it.
  private let output: URL
  private let errors: URL

  /// Starts the program without the user's cache.
  init(
    _ arguments: [String], environment: [String: String] = [:], path: String = Program.path
  ) throws {
    let name = FileManager.default.temporaryDirectory
      .appendingPathComponent("lamina-program-\(UUID().uuidString)").path
    output = URL(fileURLWithPath: name + ".out")
    errors = URL(fileURLWithPath: name + ".err")
    for file in [output, errors] { try Data().write(to: file) }
    let isolated = ["LAMINA_NO_PLAN": "1", "LAMINA_NO_KERNEL_CACHE": "1"]
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment.isEmpty ? isolated : environment) { $1 }
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    endIfItHangs(after: 120)
  }

  deinit { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }

  /// The time limit. A program that hangs fails its test instead of blocking the whole run.
  private func endIfItHangs(after seconds: Double) {
    let process = process
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
  }

  /// Sends the program a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits, while the program runs, until a condition is true.
  ///
  /// It blocks its thread. A sleeping task may wake much later, when other tests use all threads.
  func wait(
    until whatIsAwaited: String, at place: SourceLocation = #_sourceLocation,
    _ hasHappened: () throws -> Bool
  ) rethrows {
    while process.isRunning {
      if try hasHappened() { return }
      usleep(5000)
    }
    Issue.record("the program ended before \(whatIsAwaited)", sourceLocation: place)
  }

  /// The child processes of the program.
  var children: [pid_t] {
    let identifier = process.processIdentifier
    let children = try? String(
      contentsOfFile: "/proc/\(identifier)/task/\(identifier)/children", encoding: .utf8)
    return (children ?? "").split(separator: " ").compactMap { pid_t($0) }
  }

  /// The child processes of the program, and theirs.
  var descendants: [pid_t] {
    var found = children
    var place = 0
    while place < found.count {
      let parent = found[place]
      let text = try? String(
        contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
      found += (text ?? "").split(separator: " ").compactMap { pid_t($0) }
      place += 1
    }
    return found
  }

  /// The standard output of the program so far.
  func outputSoFar() throws -> String { try text(output) }

  /// Waits for the end of the program.
  func finish() throws -> Result {
    process.waitUntilExit()
    return Result(
      code: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: try text(output), errors: try text(errors))
  }

  private func text(_ file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Result {
    try Program(arguments, environment: environment).finish()
  }
}

/// The pseudo-terminal for tests of output to a terminal.
enum Terminal {
  /// The program that runs another in a pseudo-terminal.
  static let path = "/usr/bin/script"

  /// Whether a pseudo-terminal is available: some containers lack the program or the device.
  static let isAvailable =
    FileManager.default.isExecutableFile(atPath: path)
    && (try? Program(["-qec", "true", "/dev/null"], path: path).finish().code) == 0
}

/// Runs the program and expects a refusal: the exit code, one sentence on the standard error, and
/// nothing on the standard output.
func expectRefusal(
  _ arguments: [String], code: Int32 = 2, _ text: String,
  at place: SourceLocation = #_sourceLocation
) throws {
  let result = try Program.run(arguments)
  #expect(result.code == code, "\(result.errors)", sourceLocation: place)
  #expect(result.output.isEmpty, sourceLocation: place)
  #expect(result.errors.hasPrefix("lamina: "), "\(result.errors)", sourceLocation: place)
  #expect(
    result.errors.split(separator: "\n").count == 1, "\(result.errors)", sourceLocation: place)
  #expect(result.errors.contains(text), "\(result.errors)", sourceLocation: place)
}
