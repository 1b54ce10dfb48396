public import Lamina

/// Trials that go on before their kernels are asked for, in a process of their own.
struct AnticipatedTrials {
  /// Starts that process; nil where trials are made in this one.
  var makeHost: (() -> TrialHost)?
  /// True if operations only tell which kernels they will want.
  var isSurvey = false
  fileprivate var host: TrialHost?
  /// Those under way, in the order of their answers.
  fileprivate var trials: [KernelTrial] = []
}

extension OpenCLBackend {
  /// Begins to try the kernels that a list will ask for, beside those that are asked for meanwhile.
  public func anticipate(_ operations: [Operation<OpenCLBackend>]) {
    guard ahead.makeHost != nil, kernels.faults.isEmpty, !skipsTrials, forcedMethod == nil else {
      return
    }
    ahead.isSurvey = true
    defer { ahead.isSurvey = false }
    // Faults are reported when the kernels are asked for.
    _ = try? planned(operations)
  }

  /// The known verdict on a kernel during a survey. An unknown kernel counts as right, and its
  /// trial begins.
  func anticipatedVerdict(on trial: KernelTrial) throws(BackendError) -> String? {
    if let known = verdicts[trial] { return known }
    switch ledger?.verdict(on: trial) {
    case .right?: return nil
    case .wrong(let reason)?: return reason
    case nil: break
    }
    guard !ahead.trials.contains(trial), let makeHost = ahead.makeHost else { return nil }
    let host = ahead.host ?? makeHost()
    ahead.host = host
    try host.begin(trial)
    ahead.trials.append(trial)
    return nil
  }

  /// Waits for the answers to trials that were anticipated, up to this one if it was.
  func takeAnticipatedVerdicts(until trial: KernelTrial) throws(BackendError) {
    guard ahead.trials.contains(trial), let host = ahead.host else { return }
    while !ahead.trials.isEmpty, verdicts[trial] == nil {
      let first = ahead.trials.removeFirst()
      ledger?.begin(first)
      let start = ContinuousClock.now
      let finding = try host.finish(first)
      choice.seconds += (ContinuousClock.now - start) / .seconds(1)
      verdicts[first] = .some(finding.problem)
      if finding.isConclusive { ledger?.end(first, finding.problem) } else { ahead.trials = [] }
    }
    if ahead.trials.isEmpty { ahead.host = nil }
  }
}
