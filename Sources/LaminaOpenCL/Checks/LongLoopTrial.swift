import Lamina

extension OpenCLBackend {
  /// More rounds than a work-item's loops have in any launch of a training.
  private static let loopRounds = 1 << 20

  /// The first of some long loops that the device did not run to its end.
  func mismatchOfLongLoops() throws(BackendError) -> (expected: Float, actual: Float)? {
    let count = shape.lanes * 2
    let values = try makeIndices([Int32](repeating: 0, count: count))
    let encoder = makeEncoder()
    try encoder.add(
      .longLoop, macros: [], [.count(Self.loopRounds), .buffer(values)],
      WorkSize(global: (count, 1), local: (shape.lanes, 1)))
    try run(Prepared(encoder.commands, stages: []), with: StepArguments())
    var results = [UInt32](repeating: 0, count: count)
    var span = results.mutableSpan
    var bytes = span.mutableBytes
    try read(values.buffer, at: 0, into: &bytes)
    for (start, actual) in results.enumerated() {
      var x = UInt32(start)
      for _ in 0..<Self.loopRounds { x = 1_664_525 &* x &+ 1_013_904_223 }
      if x != actual { return (Float(x), Float(actual)) }
    }
    return nil
  }

  /// Begins to find out whether the device can be trusted with any kernel. Where a process of its
  /// own does that, this one starts its compiler meanwhile.
  func beginDeviceTrial() throws(BackendError) {
    guard let trialHost, kernels.faults.isEmpty, ledger?.verdict(on: .longLoop) == nil else {
      return try refuse(for: try verdict(on: .longLoop))
    }
    ledger?.begin(.longLoop)
    try trialHost.begin(.longLoop)
    triesDevice = true
    // Every network needs it.
    let fill = Operation<OpenCLBackend>.fill(try makeVector(count: 1), with: 0)
    if let call = KernelCalls(device: device, shape: shape).call(fill) {
      try kernels.prepareAhead(call, shape)
    }
  }

  /// Waits for the end of ``beginDeviceTrial()``, and refuses a device that failed. To be called
  /// before results of the device are used, and before other trials.
  func finishDeviceTrial() throws(BackendError) {
    guard triesDevice, let trialHost else { return }
    triesDevice = false
    let start = ContinuousClock.now
    kernels.beginAhead()
    let finding = try trialHost.finish(.longLoop)
    choice.seconds += (ContinuousClock.now - start) / .seconds(1)
    if finding.isConclusive { ledger?.end(.longLoop, finding.problem) }
    verdicts[.longLoop] = .some(finding.problem)
    try refuse(for: finding.problem)
  }

  private func refuse(for problem: String?) throws(BackendError) {
    guard let problem else { return }
    let isWrong = problem.contains(KernelTrial.longLoop.name) && problem.contains("wrongly")
    throw .deviceRefused(
      device: device.name, driver: "\(device.platform), \(device.driver)",
      reason: (isWrong
        ? "it ends long loops early, so that results would be wrong"
        : "the first kernel that was tried failed: \(problem)")
        + "; another driver, or --device cpu, is the way to go on")
  }
}
