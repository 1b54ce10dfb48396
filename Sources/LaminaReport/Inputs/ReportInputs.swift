import FoundationEssentials
import Glibc
package import LaminaJobs

/// The files of a report, grouped by kind.
package struct ReportInputs: Sendable {
  package private(set) var logs: [TrainingLog] = []
  private(set) var records: [(name: String, records: [Record])] = []
  private(set) var comparisons: [ComparisonResults] = []
  private(set) var profiles: [(name: String, trace: ProfileTrace)] = []
  /// A sentence about each line that could not be read and was skipped.
  package private(set) var problems: [String] = []

  /// The keys that distinguish the kinds of files.
  private struct Head: Decodable {
    var event: String?
    var schemaVersion: Int?
    var sweep: String?
    var points: [Empty]?
    var lamina: Empty?
    struct Empty: Decodable {}
  }

  /// Creates inputs from comparisons instead of files.
  package init(_ comparisons: [ComparisonResults]) { self.comparisons = comparisons }

  /// Reads files.
  ///
  /// - Throws: A `JobError` if a file cannot be read, is of an unknown kind or has a newer schema.
  package init(paths: [String]) throws(JobError) {
    let names = Self.names(of: paths)
    for (path, name) in zip(paths, names) { try read(path, name: name) }
  }

  /// The names of files without their folders, or the whole paths if two names are equal.
  private static func names(of paths: [String]) -> [String] {
    let short = paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    return Set(short).count == short.count ? short : paths
  }

  private mutating func read(_ path: String, name: String) throws(JobError) {
    let bytes: Data
    do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
      throw JobError(.input, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    if let trace = Line(bytes: bytes).decoded(as: ProfileTrace.self) {
      profiles.append((name, trace))
      return
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().filter { !$0.element.isEmpty }
    let heads = lines.lazy.compactMap { Line(bytes: Data($0.element)).decoded(as: Head.self) }
    guard
      let head = heads.first(where: {
        $0.event != nil || $0.schemaVersion != nil || $0.points != nil
      })
    else {
      throw JobError(
        .input,
        "\(path) has nothing to report; give a log of lamina train, results of lamina bench, "
          + "the JSON of lamina compare, or a profile of lamina train")
    }
    if head.schemaVersion != nil {
      let file = try RecordFile(path: path)
      records.append((name, file.latest))
      problems += file.problems
    } else if head.event != nil {
      addLog(lines.map { ($0.offset + 1, Line(bytes: Data($0.element))) }, path, name)
    } else {
      for (offset, line) in lines {
        if let comparison = Line(bytes: Data(line)).decoded(as: ComparisonResults.self) {
          comparisons.append(comparison)
        } else {
          problems.append("\(path), line \(offset + 1) is damaged and is skipped")
        }
      }
    }
  }

  private mutating func addLog(_ lines: [(number: Int, line: Line)], _ path: String, _ name: String)
  {
    var log = TrainingLog(name: name)
    for (number, line) in lines {
      let isRead = line.decoded(as: Head.self)?.event.map { log.add(line, event: $0) } ?? false
      if !isRead { problems.append("\(path), line \(number) is damaged and is skipped") }
    }
    logs.append(log)
  }

  /// The page with the contents of all files.
  package var page: Page {
    let sections =
      trainingSections + comparisons.map(\.section) + benchSections
      + profiles.map { profile in profile.trace.section(name: profile.name) }
    let names = logs.map(\.name) + records.map(\.name) + profiles.map(\.name)
    return Page(
      title: comparisons.isEmpty
        ? "Lamina: \(names.joined(separator: ", "))" : "Lamina: comparison of devices",
      sections: sections, warnings: problems)
  }
}
