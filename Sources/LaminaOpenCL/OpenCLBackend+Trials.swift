import Lamina

/// Kernels are tried before their first use: in a process of its own where there is a
/// ``TrialHost``, so that a compiler or a kernel that crashes or hangs costs nothing, else in this
/// one. A ``TrialLedger`` keeps what was found for a device with its driver.
extension OpenCLBackend {
  /// What is wrong with a kernel, as a sentence's beginning; nil for a right one.
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
      // What ended the process may have been somebody's doing: see TrialLedger.
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
  /// - Parameter isAlone: Whether the process has nothing to lose: then a refused launch is taken for
  ///   the loss of the device, which it is on some. Else it speaks against the kernel.
  /// - Throws: When the device is lost, or its memory is full.
  func tryHere(_ trial: KernelTrial, isAlone: Bool = false) throws(BackendError) -> String? {
    queue.forgivesRefusals = !isAlone
    defer { queue.forgivesRefusals = false }
    do throws(BackendError) {
      let wrong = try mismatch(of: trial)
      // What was enqueued must have ended well too.
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

  /// The first wrong number of a small trial.
  private func mismatch(
    of trial: KernelTrial
  ) throws(BackendError) -> (expected: Float, actual: Float)? {
    switch trial {
    case .product(let form): try mismatch(of: form)
    case .inputLayer(let form): try InputLayerTrial(form, on: self).mismatch()
    case .outputLayer(let form): try OutputLayerTrial(form, on: self).mismatch()
    case .jointUpdate(let form): try mismatch(of: form)
    case .longLoop: try mismatchOfLongLoops()
    case .denseSteps(let form): try DenseStepTrial(form, on: self).mismatch()
    }
  }

  /// Runs a check at once, and counts its seconds but for those in compilers.
  private func checking<Verdict>(
    _ check: () throws(BackendError) -> Verdict
  ) throws(BackendError) -> Verdict {
    let start = ContinuousClock.now
    let buildBefore = kernels.buildSeconds
    let verdict = try withoutRecording(check)
    choice.seconds +=
      (ContinuousClock.now - start) / .seconds(1) - (kernels.buildSeconds - buildBefore)
    return verdict
  }

  /// Whether a kernel that takes the place of several operations computes right. A wrong one is
  /// worth a warning.
  func isRight(_ trial: KernelTrial) throws(BackendError) -> Bool {
    if skipsTrials { return true }
    let isNew = verdicts[trial] == nil && !ahead.isSurvey
    guard let problem = try verdict(on: trial) else { return true }
    if isNew { warn("\(problem); separate operations take its place") }
    return false
  }
}
