package import Lamina

/// What a check found.
package struct CheckResult: Sendable {
  package let device: DeviceDescription
  package let limits: DeviceLimits?
  /// Whether it is of a sample of all cases.
  package let isQuick: Bool
  /// One for each operation, way to compute products, and kind of training.
  package internal(set) var lines: [CheckLine] = []
  /// What the backend warned of, each once.
  package internal(set) var warnings: [String] = []
  /// Whether all lines were reached.
  package internal(set) var isComplete = false
  /// Seconds of all, the reference's included.
  package internal(set) var seconds = 0.0

  init(_ device: DeviceDescription, _ limits: DeviceLimits?, isQuick: Bool) {
    self.device = device
    self.limits = limits
    self.isQuick = isQuick
  }

  /// Lines with something wrong.
  package var wrong: [CheckLine] { lines.filter { $0.status == .wrong } }
  package var caseCount: Int { lines.reduce(0) { $0 + $1.cases } }
}

/// What was found of one operation, way to compute products, or kind of training.
package struct CheckLine: Sendable, Codable {
  package enum Status: String, Sendable {
    case right
    case wrong
    /// Only cases went wrong that use a kernel of which a line before says that it is wrong.
    case unjudged
  }

  package let name: String
  /// How many were tried.
  package internal(set) var cases = 0
  /// How many of them are wrong, not counting those that another line's kernel may have spoilt.
  package internal(set) var wrongCases = 0
  /// How many another line's kernel may have spoilt.
  package internal(set) var unjudgedCases = 0
  /// The worst error as a multiple of what the case allows: wrong above 1, infinite where something
  /// exact is not.
  package internal(set) var worst = 0.0
  /// The case that had it; nil where all numbers were equal.
  package internal(set) var worstCase: String?
  /// The first thing that is wrong, in a sentence.
  package internal(set) var problem: String?
  /// Seconds on the device, compilers included.
  package internal(set) var seconds = 0.0
  package internal(set) var compileSeconds = 0.0

  init(name: String) { self.name = name }

  /// The driver ended the process.
  mutating func die(_ problem: String) {
    (cases, wrongCases) = (1, 1)
    self.problem = problem
  }

  package var status: Status {
    problem != nil ? .wrong : unjudgedCases > 0 ? .unjudged : .right
  }
}
