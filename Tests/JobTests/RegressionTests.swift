import Foundation
import Logging
import Testing

@testable import LaminaJobs

@Suite("Comparison with a baseline") struct RegressionTests {
  /// Three repetitions whose speeds differ by 2 %, like runs of one program.
  private func run(slowDown: Double = 1, seed: UInt64, deviceName: String = "processor") -> [Record]
  {
    (1...3).map { repetition in
      let drift = 1 + 0.01 * Double((Int(seed) + repetition) % 3)
      return Record.example(
        deviceName: deviceName, repetition: repetition,
        samples: noisySamples(center: slowDown * drift, seed: 10 * seed + UInt64(repetition)))
    }
  }

  private func verdict(_ new: [Record], _ old: [Record]) -> Regression.Verdict? {
    Regression.compare(new, with: old, tolerance: 0.05).first?.verdict
  }

  @Test("A program that is 20 % slower is caught, each time", arguments: 1...10)
  func slower(seed: Int) {
    let found = verdict(run(slowDown: 1.2, seed: UInt64(seed + 50)), run(seed: UInt64(seed)))
    #expect(found == .slower)
  }

  @Test("The same program run again is not", arguments: 1...10)
  func rerun(seed: Int) {
    #expect(verdict(run(seed: UInt64(seed + 50)), run(seed: UInt64(seed))) == .same)
  }

  @Test("A processor that became slower is no slower program, and hides none")
  func yardstick() {
    /// The machine's speed halves between the runs.
    func run(_ slowDown: Double, machine: Double, seed: UInt64) -> [Record] {
      self.run(slowDown: slowDown * machine, seed: seed).map { record in
        var record = record
        record.yardstick = record.samples.map { _ in 0.01 * machine }
        return record
      }
    }
    let old = run(1, machine: 1, seed: 1)
    #expect(verdict(run(1, machine: 2, seed: 52), old) == .same)
    #expect(verdict(run(1.2, machine: 0.5, seed: 52), old) == .slower)
    guard case .incomparable = verdict(self.run(seed: 2), old) else {
      Issue.record("seconds and multiples of the yardstick do not compare")
      return
    }
  }

  @Test("A faster program is told of, too")
  func faster() {
    #expect(verdict(run(slowDown: 0.7, seed: 3), run(seed: 1)) == .faster)
  }

  @Test("Slower by less than the tolerance is the same")
  func tolerated() {
    let found = Regression.compare(
      run(slowDown: 1.2, seed: 2), with: run(seed: 1), tolerance: 0.5)
    #expect(found.first?.verdict == .same)
  }

  @Test("Other devices, and cases that the baseline has not, are not compared")
  func incomparable() {
    let other = run(seed: 1, deviceName: "another")
    #expect(verdict(run(seed: 2), other) == .incomparable("the baseline's device is another"))
    #expect(verdict(run(seed: 2), []) == .incomparable("the baseline has no such case"))
  }

  @Test("What was slow for a while is measured again and is no regression")
  func remeasured() throws {
    var again = 0
    let runner = JobRunner(
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      execute: { job in
        again += 1
        return .example(
          repetition: job.repetition, samples: noisySamples(center: 1, seed: 70 + UInt64(again)))
      }, keep: { _ in }, shouldStop: { false })
    let cases = [JobCase(sizes: [784, 128, 10], batchSize: 64, data: "digits", device: "cpu")]
    #expect(cases[0].name == Record.example().caseName)
    let slow = [Record.example(samples: noisySamples(center: 1.3, seed: 9))]
    let found = try runner.regressions(
      slow, cases: cases, baseline: run(seed: 1), tolerance: 0.05)
    #expect(again > 0)
    #expect(found.map(\.verdict) == [.same])
  }
}
