import Lamina

/// Compares everything that a device may be asked for with the reference.
///
/// Kernels are compared themselves, not what takes the place of a wrong one. A kernel that is part of
/// several operations can spoil all of them: only the first line says so, which is its own.
package final class DeviceCheck {
  private let device: any CheckedDevice
  private let scope: CheckScope
  private var result: CheckResult
  /// Kernels of lines with something wrong.
  private var suspects: Set<String> = []
  /// Kernels of lines without.
  private var trusted: Set<String> = []
  /// Why the device cannot be used any more.
  private var ending: String?

  package init(_ device: any CheckedDevice, _ scope: CheckScope) {
    self.device = device
    self.scope = scope
    result = CheckResult(
      device: device.description, limits: device.limits, isQuick: scope.isSample)
  }

  /// Checks line after line.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked between cases; lines that were not begun are then left out.
  ///   - whileTold: Runs the work of a line while it tells where the check is, such as
  ///     `3/42 softmax`.
  package func run(
    shouldStop: @escaping () -> Bool = { false },
    whileTold: (_ position: String, _ work: () -> Void) -> Void = { _, work in work() }
  ) -> CheckResult {
    let start = ContinuousClock.now
    let plan = CheckPlan(device, scope)
    for (number, part) in plan.parts.enumerated() {
      if shouldStop() {
        result.isComplete = false
        break
      }
      whileTold("\(number + 1)/\(plan.parts.count) \(part.name)") { run(part, shouldStop) }
    }
    result.seconds = (ContinuousClock.now - start) / .seconds(1)
    return result
  }

  private func run(_ part: CheckPlan.Part, _ shouldStop: () -> Bool) {
    var line = LineCheck(part.name)
    line.fail(ending)
    let start = ContinuousClock.now
    for use in ending == nil ? scope.sample(part.uses) : [] {
      if line.line.cases > 0, shouldStop() {
        result.isComplete = false
        break
      }
      if line.line.cases > 0, let most = scope.secondsPerLine,
        (ContinuousClock.now - start) / .seconds(1) > most
      {
        break
      }
      let outcome = run(use)
      line.note(outcome, of: use, suspects: suspects)
      if outcome.endsLine { break }
    }
    if line.line.status == .wrong {
      suspects.formUnion(line.kernels.subtracting(trusted))
    } else if line.line.status == .right {
      trusted.formUnion(line.kernels)
    }
    result.lines.append(line.line)
  }

  private func run(_ use: CheckPlan.Use) -> CaseOutcome {
    var outcome = CaseOutcome()
    do {
      let expected = try use.check.expected()
      let (start, compiled) = (ContinuousClock.now, device.compileSeconds)
      defer {
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        outcome.compileSeconds = device.compileSeconds - compiled
      }
      let actual = try device.results(of: use.check.operation, use.way)
      outcome.compare(actual, expected, use.check.tolerance)
    } catch {
      outcome.fail(error)
      if outcome.endsLine {
        do { try device.reopen() } catch { ending = "the device did not open again: \(error)" }
      }
    }
    let notes = device.takeNotes()
    outcome.kernels.formUnion(notes.kernels)
    outcome.warnings = notes.warnings
    for warning in notes.warnings where !result.warnings.contains(warning) {
      result.warnings.append(warning)
    }
    return outcome
  }
}
