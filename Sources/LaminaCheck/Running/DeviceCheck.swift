import Lamina

/// Compares everything that a device can compute with the reference.
///
/// The check compares each kernel itself, not the replacement of a wrong one. A wrong kernel that
/// several operations use can make all of them wrong. Only the first line with it is reported as
/// wrong.
package final class DeviceCheck {
  private let device: any CheckedDevice
  private let scope: CheckScope
  private var trust: CheckTrust
  /// Whether this process can no longer use the device.
  private var isLost = false
  private let tell: (CheckEvent) -> Void
  /// The reference's results for the last case, kept because other ways may compute the same case.
  private var last: (number: Int, expected: [[Float]])?

  /// - Parameters:
  ///   - trust: The knowledge from earlier lines.
  ///   - tell: Receives the events.
  package init(
    _ device: any CheckedDevice, _ scope: CheckScope, trust: CheckTrust = CheckTrust(),
    tell: @escaping (CheckEvent) -> Void
  ) {
    self.device = device
    self.scope = scope
    self.trust = trust
    self.tell = tell
  }

  /// Checks all lines in this process.
  package static func result(of device: any CheckedDevice, _ scope: CheckScope) -> CheckResult {
    var progress = CheckProgress(device.description, device.limits, scope)
    DeviceCheck(device, scope) { progress.take($0) }.run()
    return progress.result
  }

  /// Checks all lines from the one with the given index.
  package func run(from first: Int = 0) {
    let parts = CheckPlan(device).parts
    for (number, part) in parts.enumerated() where number >= first && !isLost {
      tell(.began(number: number, count: parts.count, name: part.name))
      run(part)
    }
  }

  private func run(_ part: CheckPlan.Part) {
    var line = LineCheck(part.name)
    var warnings: [String] = []
    last = nil
    let start = ContinuousClock.now
    for trial in scope.sample(part.trials) {
      if line.line.cases > 0, let most = scope.secondsPerLine,
        (ContinuousClock.now - start) / .seconds(1) > most
      {
        break
      }
      tell(.trying(name: trial.name))
      let outcome = run(trial)
      warnings += outcome.warnings
      line.note(outcome, of: trial, suspects: trust.suspects)
      if outcome.endsLine { break }
    }
    switch line.line.status {
    case .wrong: trust.suspects.formUnion(line.kernels.subtracting(trust.trusted))
    case .right: trust.trusted.formUnion(line.kernels)
    case .unjudged: break
    }
    tell(.ended(line: line.line, trust: trust, warnings: warnings))
  }

  private func expected(of trial: CheckPlan.Trial) throws -> [[Float]] {
    if let last, last.number == trial.number { return last.expected }
    let expected = try trial.check.expected()
    last = (trial.number, expected)
    return expected
  }

  private func run(_ trial: CheckPlan.Trial) -> CaseOutcome {
    var outcome = CaseOutcome()
    do {
      let expected = try expected(of: trial)
      let (start, compiled) = (ContinuousClock.now, device.compileSeconds)
      defer {
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        outcome.compileSeconds = device.compileSeconds - compiled
      }
      let actual = try device.results(of: trial.check.use, trial.way)
      outcome.compare(actual, expected, trial.check.tolerance)
    } catch {
      outcome.fail(error)
      isLost = outcome.endsLine
    }
    let notes = device.takeNotes()
    outcome.kernels.formUnion(notes.kernels)
    outcome.warnings = notes.warnings
    return outcome
  }
}
