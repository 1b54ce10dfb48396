package import Lamina

/// How far a check has come: put together from its events, wherever it runs.
package struct CheckProgress {
  /// What was found so far.
  package private(set) var result: CheckResult
  /// The line with which it goes on.
  package private(set) var next = 0
  /// Which kernels are right and which may not be.
  package private(set) var trust = CheckTrust()
  /// Where it is, such as `3/42 softmax`.
  package private(set) var position = "opening the device"
  /// The line that was begun and has not ended.
  private var begun: String?
  private var count = 0
  /// The case that is being tried.
  private var trial: String?
  private let start = ContinuousClock.now

  package init(_ device: DeviceDescription, _ limits: DeviceLimits?, _ scope: CheckScope) {
    result = CheckResult(device, limits, isQuick: scope.isSample)
  }

  /// Goes on by an event.
  package mutating func take(_ event: CheckEvent) {
    switch event {
    case .began(let number, let count, let name):
      (begun, trial, next, self.count) = (name, nil, number, count)
      position = "\(number + 1)/\(count) \(name)"
    case .trying(let name): trial = name
    case .ended(let line, let trust, let warnings):
      result.warnings += warnings.filter { !result.warnings.contains($0) }
      self.trust = trust
      end(line)
    }
  }

  /// The process that ran it has died: the line that it was at is wrong, and the next one is due. After
  /// the last one it is the end of the process that is wrong. False where no line was begun before.
  package mutating func die(_ how: String) -> Bool {
    if result.isComplete {
      var line = CheckLine(name: "end of the process")
      line.die(how)
      result.lines.append(line)
      return true
    }
    guard let name = begun else { return false }
    var line = CheckLine(name: name)
    line.die("\(trial ?? "before its first case"): \(how)")
    end(line)
    return true
  }

  private mutating func end(_ line: CheckLine) {
    result.lines.append(line)
    (begun, trial) = (nil, nil)
    next += 1
    result.isComplete = next == count
    result.seconds = (ContinuousClock.now - start) / .seconds(1)
  }
}

/// What is known of kernels.
package struct CheckTrust: Sendable, Codable {
  /// Those of lines with something wrong.
  var suspects: Set<String> = []
  /// Those of lines without.
  var trusted: Set<String> = []
}
