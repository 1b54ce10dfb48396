import Foundation
import Testing

/// The built program, run as a child process.
enum Program {
  /// What a run gave.
  struct Result {
    let code: Int32
    let output: String
    let errors: String

    /// The lines of the standard output.
    var lines: [Substring] { output.split(separator: "\n") }
  }

  /// The program beside the test bundle, on whichever system tests are run.
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

  /// Starts the program; both streams go to pipes. The user's cache stays out of it.
  static func start(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    let isolated = ["LAMINA_NO_PLAN": "1", "LAMINA_NO_KERNEL_CACHE": "1"]
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment.isEmpty ? isolated : environment) { $1 }
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = Pipe()
    process.standardError = Pipe()
    try process.run()
    // A program that hangs fails its test and not the whole run.
    let identifier = process.processIdentifier
    Task.detached {
      try await Task.sleep(for: .seconds(60))
      if process.isRunning { kill(identifier, SIGKILL) }
    }
    return process
  }

  /// Waits for the end of a started program.
  static func finish(_ process: Process) throws -> Result {
    func text(_ stream: Any?) throws -> String {
      let pipe = try #require(stream as? Pipe)
      return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    let output = try text(process.standardOutput)
    let errors = try text(process.standardError)
    process.waitUntilExit()
    return Result(
      code: process.terminationReason == .exit ? process.terminationStatus : -1, output: output,
      errors: errors)
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String]) throws -> Result { try finish(start(arguments)) }
}

/// Runs the program and expects a refusal: a code, one sentence on the standard error, nothing on
/// the standard output.
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
