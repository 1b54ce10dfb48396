package import Lamina

/// The progress of a check, assembled from the events of the process that runs it.
package struct CheckProgress {
  /// The findings so far.
  package private(set) var result: CheckResult
  /// The index of the current line, or of the next one.
  package private(set) var next = 0
  /// The kernels that are known to be right, and those that may be wrong.
  package private(set) var trust = CheckTrust()
  /// The current line, such as `3/42 softmax`.
  package private(set) var position = "opening the device"
  /// The line that has begun and not ended.
  private var begun: String?
  private var count = 0
  /// The current case.
  private var trial: String?
  private let start = ContinuousClock.now

  package init(_ device: DeviceDescription, _ limits: DeviceLimits?, _ scope: CheckScope) {
    result = CheckResult(device: device, limits: limits, isQuick: scope.isSample)
  }

  /// Updates the progress with an event.
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

  /// Records that the process died. The current line is wrong, and the check continues with the
  /// next one. After the last line, the end of the process gets its own line.
  ///
  /// - Returns: Whether a line had begun, so that the check can continue.
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

/// The knowledge about kernels from the lines so far.
package struct CheckTrust: Sendable, Codable {
  /// The kernels of lines with a wrong case.
  var suspects: Set<String> = []
  /// The kernels of lines without one.
  var trusted: Set<String> = []
}
