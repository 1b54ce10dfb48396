import Foundation
import Lamina
import LaminaData
import Testing

struct InterruptionTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func start(epochs: Int = 100_000_000) throws -> Process {
    try Program.start([
      "train", "--data", place.data, "--hidden", "16", "--epochs", "\(epochs)", "--model",
      place.file("m"), "--log", place.file("l"), "--quiet",
    ])
  }

  /// Waits until the log has an epoch, which is when the training is well under way.
  private func waitForEpoch() async throws {
    for _ in 0..<3000 {
      let text = try? place.text("l")
      if text?.contains("\"event\":\"epoch\"") == true { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("no epoch came to an end")
  }

  @Test(arguments: [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")])
  func savesWhatWasReached(_ signal: Int32, _ name: String) async throws {
    let process = try start()
    try await waitForEpoch()
    kill(process.processIdentifier, signal)
    let result = try Program.finish(process)
    #expect(result.code == 128 + signal)
    #expect(result.errors.hasPrefix("lamina: training was interrupted by \(name); the model"))
    #expect(try Model(path: place.file("m")).description.name == "64-16-5")
    let last = try #require(try place.log("l").last)
    #expect(last["event"] as? String == "result")
    #expect(last["interrupted"] as? Bool == true)
    #expect(try place.names == ["data", "l", "m"])
  }

  @Test func drawsABarOnATerminal() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = [
      "-qec",
      "'\(Program.path)' train --data '\(place.data)' --hidden 16 --batch-size 4 --epochs 2",
      "/dev/null",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = Pipe()
    process.standardError = Pipe()
    try process.run()
    let result = try Program.finish(process)
    #expect(result.code == 0, "\(result.errors)")
    let bars = result.output.split(separator: "\r").filter { $0.hasPrefix("epoch 1/2 [") }
    #expect(!bars.isEmpty, "\(result.output)")
    #expect(bars.allSatisfy { $0.contains("samples/s") && $0.contains(" left\u{1b}[K") })
    #expect(result.output.contains("\r\u{1b}[Kepoch 1/2  loss "), "the bar gives way to the line")
  }
}
