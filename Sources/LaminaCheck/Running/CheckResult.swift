package import Lamina

/// The findings of a check.
package struct CheckResult: Sendable {
  package let device: DeviceDescription
  package let limits: DeviceLimits?
  /// Whether only a sample of the cases was checked.
  package let isQuick: Bool
  /// A line for each operation, way to compute products, and kind of training.
  package internal(set) var lines: [CheckLine] = []
  /// The distinct warnings of the backend.
  package internal(set) var warnings: [String] = []
  /// Whether all lines were reached.
  package internal(set) var isComplete = false
  /// The seconds of the whole check, including the reference.
  package internal(set) var seconds = 0.0

  /// The lines with a wrong case.
  package var wrong: [CheckLine] { lines.filter { $0.status == .wrong } }
  package var caseCount: Int { lines.reduce(0) { $0 + $1.cases } }
}

/// The findings for one operation, way to compute products, or kind of training.
package struct CheckLine: Sendable, Codable {
  package enum Status: String, Sendable {
    case right
    case wrong
    /// All wrong cases use a kernel that an earlier line found to be wrong.
    case unjudged
  }

  package let name: String
  /// The number of cases that were tried.
  package internal(set) var cases = 0
  /// The number of wrong cases, without those that the wrong kernel of another line may have
  /// caused.
  package internal(set) var wrongCases = 0
  /// The number of wrong cases that the wrong kernel of another line may have caused.
  package internal(set) var unjudgedCases = 0
  /// The worst error as a multiple of the tolerance of its case. Above 1, the result is wrong. It
  /// is infinite if a result that must be exact is not.
  package internal(set) var worst = 0.0
  /// The case with the worst error; nil if all numbers were equal.
  package internal(set) var worstCase: String?
  /// The first problem, in a sentence.
  package internal(set) var problem: String?
  /// The seconds on the device, including compilers.
  package internal(set) var seconds = 0.0
  package internal(set) var compileSeconds = 0.0

  init(name: String) { self.name = name }

  /// Records that the driver ended the process.
  mutating func die(_ problem: String) {
    (cases, wrongCases) = (1, 1)
    self.problem = problem
  }

  package var status: Status { problem != nil ? .wrong : unjudgedCases > 0 ? .unjudged : .right }
}
