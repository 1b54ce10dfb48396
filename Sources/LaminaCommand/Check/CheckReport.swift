import Lamina
import LaminaCheck
import LaminaText

/// The output of `lamina check`.
struct CheckReport {
  private let result: CheckResult

  init(_ result: CheckResult) { self.result = result }

  /// The facts about the device, a line per operation, the wrong results, warnings, and the
  /// verdict.
  var text: String { facts + "\n" + table + "\n" + problems + warnings + verdict + "\n" }

  /// The verdict in one sentence.
  var verdict: String {
    let (wrong, lines) = (result.wrong, result.lines.count)
    let rest = result.isComplete ? "" : "; the check was not finished"
    guard wrong.isEmpty else {
      return "\(result.device.selector) computes \(wrong.count) of \(lines) operations wrongly: "
        + wrong.map(\.name).joined(separator: ", ") + rest
    }
    return "\(result.device.selector) computes correctly: \(result.caseCount) cases of \(lines) "
      + "operations in \(Format.seconds(result.seconds))\(rest)"
  }

  private var facts: String {
    let device = result.device
    var rows = [
      ["device", "\(device.name) (\(device.selector))"], ["platform", device.platform],
      ["vendor", device.vendor], ["driver", device.driver],
      ["OpenCL", device.openCLVersion ?? "-"], ["units", "\(device.computeUnits)"],
      ["memory", Format.bytes(device.memory)],
    ]
    if let limits = result.limits {
      rows += [
        ["OpenCL C", limits.language], ["local memory", "\(limits.localMemory >> 10) KiB"],
        ["largest group", "\(limits.largestGroup)"],
      ]
    }
    for (name, version) in device.libraries.sorted(by: { $0.key < $1.key }) {
      rows.append([name, version])
    }
    rows.append(["Lamina", LaminaVersion.text + (result.isQuick ? ", quick check" : "")])
    return Format.table(rows)
  }

  private var table: String {
    let head = [
      "OPERATION", "CASES", "WORST ERROR", "SECONDS", "COMPILING", "VERDICT",
      "CASE WITH THE WORST ERROR",
    ]
    let rows = result.lines.map { line in
      [
        line.name, "\(line.cases)", Self.multiple(line.worst),
        Format.decimal(line.seconds, places: 2), Format.decimal(line.compileSeconds, places: 2),
        line.status.rawValue, line.worstCase ?? "-",
      ]
    }
    return Format.table([head] + rows, numeric: [1, 2, 3, 4])
      + "The worst error is a multiple of the tolerance of its case. Above 1, the result is wrong.\n"
  }

  private static func multiple(_ worst: Double) -> String {
    worst.isFinite ? Format.threeDigits(worst) : "infinite"
  }

  private var problems: String {
    let lines = result.lines.compactMap { line -> String? in
      switch line.status {
      case .right: nil
      case .wrong:
        "wrong: \(line.name), \(line.wrongCases) of \(line.cases) cases, such as "
          + "\(line.problem ?? "")\n"
      case .unjudged:
        "unjudged: \(line.name), \(line.unjudgedCases) of \(line.cases) cases, which use a kernel "
          + "that is wrong\n"
      }
    }
    return lines.isEmpty ? "" : lines.joined() + "\n"
  }

  private var warnings: String {
    result.warnings.isEmpty ? "" : result.warnings.map { "warning: \($0)\n" }.joined() + "\n"
  }

  /// The same facts as one object.
  var json: JSON {
    JSON([
      "lamina": LaminaVersion.text, "device": result.device.json, "limits": limits,
      "quick": result.isQuick, "complete": result.isComplete, "seconds": result.seconds,
      "cases": result.caseCount, "operations": result.lines.map(\.json),
      "warnings": result.warnings, "right": result.isComplete && result.wrong.isEmpty,
      "verdict": verdict,
    ])
  }

  private var limits: JSON {
    guard let limits = result.limits else { return .null }
    return JSON([
      "opencl_c_version": limits.language, "local_memory_bytes": limits.localMemory,
      "largest_group": limits.largestGroup,
    ])
  }
}

extension CheckLine {
  /// Numbers that JSON cannot represent, such as an infinite error, are null.
  fileprivate var json: JSON {
    JSON([
      "name": name, "verdict": status.rawValue, "cases": cases, "wrong_cases": wrongCases,
      "unjudged_cases": unjudgedCases, "worst_error": worst, "worst_case": worstCase,
      "problem": problem, "seconds": seconds, "compile_seconds": compileSeconds,
    ])
  }
}
