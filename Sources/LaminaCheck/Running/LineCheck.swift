import Lamina

/// The outcome of a case.
struct CaseOutcome {
  /// The number with the largest error, and the index of its result.
  private(set) var worst: (deviation: Deviation, result: Int)?
  /// The problem, in a sentence; nil if the case is right.
  private(set) var problem: String?
  /// Whether this process can no longer use the device.
  private(set) var endsLine = false
  /// The kernels that were used.
  var kernels: Set<String> = []
  var warnings: [String] = []
  /// The seconds on the device, including compilers.
  var seconds = 0.0
  var compileSeconds = 0.0

  mutating func compare(_ actual: [[Float]], _ expected: [[Float]], _ tolerance: Tolerance) {
    guard actual.map(\.count) == expected.map(\.count) else {
      problem = "the results have \(actual.map(\.count)) numbers, not \(expected.map(\.count))"
      return
    }
    for (number, (a, e)) in zip(actual, expected).enumerated() {
      guard let deviation = tolerance.worst(a, e) else { continue }
      if deviation.multiple > worst?.deviation.multiple ?? 0 { worst = (deviation, number) }
    }
    guard let worst, worst.deviation.multiple > 1 else { return }
    let deviation = worst.deviation
    problem =
      "number \(deviation.index) of result \(worst.result) is \(deviation.actual) instead of "
      + "\(deviation.expected), and the tolerance is \(Float(deviation.bound)) (\(tolerance.reason))"
  }

  /// Whether a suspect kernel was used, or was replaced because it does not build.
  func uses(_ suspects: Set<String>) -> Bool {
    !kernels.isDisjoint(with: suspects)
      || suspects.contains { name in warnings.contains { $0.contains("/\(name).cl") } }
  }

  mutating func fail(_ error: any Error) {
    problem = "\(error)"
    switch error as? BackendError {
    case .kernelBuild(let kernel, _, _):
      kernels.insert(kernel.split(separator: "/").last.map(String.init) ?? kernel)
    case .deviceLost, .deviceTimedOut: endsLine = true
    default: break
    }
  }
}

/// A line that is being checked.
struct LineCheck {
  private(set) var line: CheckLine
  /// The kernels of wrong cases, or of all cases if none is wrong.
  private(set) var kernels: Set<String> = []

  init(_ name: String) { line = CheckLine(name: name) }

  mutating func note(_ outcome: CaseOutcome, of trial: CheckPlan.Trial, suspects: Set<String>) {
    line.cases += 1
    line.seconds += outcome.seconds
    line.compileSeconds += outcome.compileSeconds
    let isSpoilt = outcome.uses(suspects)
    // A replacement is not a problem of this line if another line reports the replaced kernel.
    let warning = isSpoilt ? nil : outcome.warnings.first
    guard let problem = outcome.problem ?? warning.map({ "a kernel was replaced: \($0)" }) else {
      noteWorst(outcome, trial)
      if line.wrongCases == 0 { kernels.formUnion(outcome.kernels) }
      return
    }
    if isSpoilt {
      line.unjudgedCases += 1
      return
    }
    if line.wrongCases == 0 { kernels = [] }
    kernels.formUnion(outcome.kernels)
    noteWorst(outcome, trial)
    line.wrongCases += 1
    if line.problem == nil { line.problem = "\(trial.name): \(problem)" }
  }

  private mutating func noteWorst(_ outcome: CaseOutcome, _ trial: CheckPlan.Trial) {
    guard let multiple = outcome.worst?.deviation.multiple, multiple > line.worst else { return }
    line.worst = multiple
    line.worstCase = trial.name
  }
}
