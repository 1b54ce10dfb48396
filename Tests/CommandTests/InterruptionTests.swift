import Foundation
import Lamina
import LaminaData
import Testing

extension CommandTests {
  @Suite struct InterruptionTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    @Test(arguments: [(SIGINT, "SIGINT"), (SIGTERM, "SIGTERM")])
    func savesWhatWasReached(_ signal: Int32, _ name: String) throws {
      let program = try Program([
        "train", "--data", place.data, "--hidden", "16", "--epochs", "100000000", "--model",
        place.file("m"), "--log", place.file("l"), "--quiet",
      ])
      program.wait(until: "an epoch came to its end") {
        (try? place.text("l"))?.contains("\"event\":\"epoch\"") == true
      }
      program.send(signal)
      let result = try program.finish()
      #expect(result.code == 128 + signal)
      #expect(result.errors.hasPrefix("lamina: training was interrupted by \(name); the model"))
      #expect(try Model(path: place.file("m")).description.name == "64-16-5")
      let last = try #require(try place.log("l").last)
      #expect(last["event"] as? String == "result")
      #expect(last["interrupted"] as? Bool == true)
      #expect(try place.names == ["data", "l", "m"])
    }

    @Test(.enabled(if: Terminal.isAvailable)) func drawsABarOnATerminal() throws {
      let result = try Program(
        [
          "-qec",
          "'\(Program.path)' train --data '\(place.data)' --hidden 16 --batch-size 4 --epochs 2",
          "/dev/null",
        ], path: Terminal.path
      ).finish()
      #expect(result.code == 0, "\(result.errors)")
      let bars = result.output.split(separator: "\r").filter { $0.hasPrefix("epoch 1/2 [") }
      #expect(!bars.isEmpty, "\(result.output)")
      #expect(bars.allSatisfy { $0.contains("samples/s") && $0.contains(" left\u{1b}[K") })
      #expect(result.output.contains("\r\u{1b}[Kepoch 1/2  loss "), "the bar gives way to the line")
    }
  }
}
