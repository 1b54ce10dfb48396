import Lamina
import LaminaReference

/// Kernels are tried before their first use: in a process of its own where there is a
/// ``TrialHost``, so that a compiler or a kernel that crashes or hangs costs nothing, else in this
/// one. A ``TrialLedger`` keeps verdicts for a device with its driver.
extension OpenCLBackend {
  /// The fault of a kernel, as the beginning of a sentence; nil for a right one.
  func verdict(on trial: KernelTrial) throws(BackendError) -> String? {
    if ahead.isSurvey { return try anticipatedVerdict(on: trial) }
    try finishDeviceTrial()
    if let known = verdicts[trial] { return known }
    try takeAnticipatedVerdicts(until: trial)
    if let known = verdicts[trial] { return known }
    let verdict = try findVerdict(on: trial)
    verdicts[trial] = .some(verdict)
    return verdict
  }

  private func findVerdict(on trial: KernelTrial) throws(BackendError) -> String? {
    // A kernel that tests made wrong says nothing of the device.
    let ledger = kernels.faults.isEmpty ? self.ledger : nil
    switch ledger?.verdict(on: trial) {
    case .right?: return nil
    case .wrong(let reason)?: return reason
    case nil: break
    }
    ledger?.begin(trial)
    let start = ContinuousClock.now
    let problem: String?
    if kernels.faults.isEmpty, let trialHost {
      let finding = try trialHost.finding(on: trial)
      choice.seconds += (ContinuousClock.now - start) / .seconds(1)
      // A user may have ended the process: see TrialLedger.
      if !finding.isConclusive { return finding.problem }
      problem = finding.problem
    } else {
      problem = try checking { () throws(BackendError) in try tryHere(trial) }
    }
    ledger?.end(trial, problem)
    return problem
  }

  /// Tries a kernel in this process.
  ///
  /// - Parameter isAlone: True if the process has nothing to lose: then a refused launch is taken
  ///   for the loss of the device, which it is on some. Else it speaks against the kernel.
  /// - Throws: When the device is lost, or its memory is full.
  func tryHere(_ trial: KernelTrial, isAlone: Bool = false) throws(BackendError) -> String? {
    queue.forgivesRefusals = !isAlone
    defer { queue.forgivesRefusals = false }
    do throws(BackendError) {
      let wrong: (expected: Float, actual: Float)? =
        switch trial {
        case .operations(let trial): try mismatch(of: trial)
        case .longLoop: try mismatchOfLongLoops()
        }
      // The enqueued commands must have ended well too.
      try queue.wait()
      return wrong.map {
        BackendError.wrongResult(
          operation: trial.name, device: device.name, expected: $0.expected, actual: $0.actual
        ).description
      }
    } catch {
      switch error {
      case .deviceLost, .deviceTimedOut, .outOfMemory: throw error
      default: return error.description
      }
    }
  }

  /// Runs a check, and counts its seconds but for those in compilers.
  private func checking<Verdict>(
    _ check: () throws(BackendError) -> Verdict
  ) throws(BackendError) -> Verdict {
    let start = ContinuousClock.now
    let buildBefore = kernels.buildSeconds
    try queue.pauseProfile(true)
    let result: Result<Verdict, BackendError> = Result(catching: check)
    if !queue.isLost { try? queue.pauseProfile(false) }
    let verdict = try result.get()
    choice.seconds +=
      (ContinuousClock.now - start) / .seconds(1) - (kernels.buildSeconds - buildBefore)
    return verdict
  }

  /// True if a rule's replacement of operations computes right. A wrong kernel is worth a
  /// warning.
  ///
  /// - Parameters:
  ///   - sizes: Those of the trial.
  ///   - method: The shape of tiles, where the rule does not know it by the operations.
  ///   - tiled: The places of products that go by tiles in whole steps.
  func isRight(
    _ rule: String, _ operations: [Operation<OpenCLBackend>], sizes: SmallSizes,
    method: MatmulMethod? = nil, tiled: [Int] = []
  ) throws(BackendError) -> Bool {
    if skipsTrials { return true }
    let trial = KernelTrial.operations(
      OperationTrial(
        name: Self.text(rule), rule: rule, method: method?.name, usesDirectKernel: nil,
        sketch: try sketch(operations) { sizes($0) },
        batches: [WholeStepsRule().name, Population.name].contains(rule) ? 2 : 1, tiled: tiled))
    let isNew = verdicts[trial] == nil && !ahead.isSurvey
    guard let problem = try verdict(on: trial) else { return true }
    if isNew { warn("\(problem); separate operations take its place") }
    return false
  }

  /// A rule for messages, such as `an input layer`.
  private static func text(_ rule: String) -> String {
    rule.hasSuffix("s") ? rule : "aeiou".contains(rule.prefix(1)) ? "an \(rule)" : "a \(rule)"
  }

  func sketch(
    _ operations: [Operation<OpenCLBackend>], _ size: (Int) -> Int
  ) throws(BackendError) -> OperationSketch {
    do {
      return try OperationSketch(operations, size: size)
    } catch {
      throw queue.failure("the sketch of a kernel's operations", "\(error)")
    }
  }
}
