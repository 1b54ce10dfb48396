import ArgumentParser
import Lamina
import LaminaJobs
import LaminaMeasurement
import LaminaText
import Logging

/// `lamina bench`
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures the cases of a job file.",
    discussion: """
      Each case runs in its own process and adds a line to the results (JSON Lines). SIGINT and \
      SIGTERM end the job after the current case; --resume continues it later. The exit code is 1 \
      if a case failed or a regression was found.
      """)

  @Argument(help: "The job file (YAML).") var job: String

  @Option("Write the results here instead of to the job's output.", value: "file")
  var output: String?

  @Flag(help: "Skip the cases that the results already have, and add the others.")
  var resume = false

  @Option("Compare the results with these earlier ones.", value: "file") var baseline: String?

  @Option("The slowdown of a step against the baseline that is tolerated.", value: "per cent")
  var tolerance = SlowdownTolerance(share: 0.05)

  @Option("Add the results to this SQLite database.", value: "file") var database: String?

  @Option("Write the results for github-action-benchmark here (JSON).", value: "file")
  var github: String?

  func run() throws {
    var log = Logger(label: "lamina.bench") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = .info
    // Bad input is refused before the first case runs.
    let file = try JobFile(path: job, TrainCaseReader())
    let path = output ?? file.output ?? "results.jsonl"
    let github = github ?? file.github
    let databasePath = database ?? file.database
    try fileUse(file, results: path, github: github, database: databasePath).check()
    let outputs = try OutputFiles([github, path])
    let old = try baseline.map { try RecordFile(path: $0) }
    for problem in old?.problems ?? [] { log.warning("\(problem)") }
    let database = try databasePath.map { try ResultsDatabase(path: $0) }
    let earlier = try resume ? finished(path, log) : []
    let writer = try RecordWriter(path: path, isNew: !resume)
    Interruption.install()
    let runner = JobRunner(
      log: log, execute: { execute($0, log) },
      keep: { record in
        try writer.append(record)
        try database?.add([record])
      }, shouldStop: { Interruption.signalNumber != nil })
    log.info("\(file.name): \(file.cases.count) cases, results in \(path)")
    let keys = Set(earlier.map(\.key))
    let summary = try runner.run(file.cases, finished: keys)
    let names = Set(file.cases.map(\.key))
    let records = earlier.filter { names.contains($0.key) } + summary.records
    if let github { try outputs.write(GitHubBenchmark.text(records), to: github) }
    var regressions: [Regression] = []
    if let old, !summary.wasInterrupted {
      regressions = try runner.regressions(
        records, cases: file.cases, baseline: old.latest, tolerance: tolerance.share)
      Terminal.standardOutput.write(Self.table(regressions))
    }
    try finish(summary, regressions, path)
  }

  /// The results are only an output, though `--resume` reads them: the command adds to them.
  private func fileUse(
    _ file: JobFile, results: String, github: String?, database: String?
  ) -> FileUse {
    var use = FileUse()
    use.reads(job, as: "the job")
    for data in file.dataPaths { use.readsData(data, as: "the job") }
    use.reads(baseline, as: "--baseline")
    use.writes(results, as: output == nil ? "the job's output" : "--output")
    use.writes(github, as: self.github == nil ? "the job's github" : "--github")
    use.writes(database, as: self.database == nil ? "the job's database" : "--database")
    return use
  }

  /// The records of earlier runs that succeeded and need not be repeated.
  private func finished(_ path: String, _ log: Logger) throws -> [Record] {
    guard OutputFiles.exists(path) else { return [] }
    let file = try RecordFile(path: path)
    for problem in file.problems { log.warning("\(problem)") }
    return file.latest.filter { $0.status == .ok }
  }

  /// Measures a case in a child process and logs the warnings of that process.
  ///
  /// A failure is a record too.
  private func execute(_ job: JobCase, _ log: Logger) -> Record {
    let ending: ChildProcess.Ending
    do {
      ending = try ChildProcess.run(
        ["bench-case", job.text], seconds: job.limits.seconds, memory: job.limits.memory,
        shouldStop: { false })
    } catch { return job.record(failed: error.description) }
    if case .exited(_, let message, _) = ending {
      for warning in Notice.warnings(in: message) { log.warning("\(warning)") }
    }
    switch ending {
    case .exited(0, _, let output):
      let line = output.split(separator: "\n").last.map(String.init) ?? ""
      return Record(line: line) ?? job.record(failed: "its process printed no result")
    case .exited(let code, let message, _):
      let reason = message.split(separator: "\n").last.map(String.init)
      return job.record(failed: reason ?? "its process ended with code \(code)")
    case .timedOut:
      return job.record(
        failed: "it took more than the limit of \(Format.seconds(job.limits.seconds))")
    case .tooLarge(let bytes):
      return job.record(
        failed: "it used \(Format.bytes(bytes)) of memory, and the limit is "
          + Format.bytes(job.limits.memory ?? 0))
    case .interrupted: return job.record(failed: "it was interrupted")
    }
  }

  private static func table(_ regressions: [Regression]) -> String {
    let rows = regressions.map { regression -> [String] in
      let verdict =
        switch regression.verdict {
        case .slower: "SLOWER"
        case .faster: "faster"
        case .same: "no difference beyond noise and tolerance"
        case .incomparable(let reason): reason
        }
      guard regression.isComparable else { return ["-", "-", verdict, regression.caseName] }
      return [
        Format.decimal(regression.ratio, places: 3),
        "\(Format.decimal(regression.interval.lower, places: 3)) to "
          + Format.decimal(regression.interval.upper, places: 3), verdict, regression.caseName,
      ]
    }
    return Format.table(
      [["TIME RATIO", "95 % INTERVAL", "VERDICT", "CASE"]] + rows, numeric: [0, 1])
  }

  private func finish(
    _ summary: JobRunner.Summary, _ regressions: [Regression], _ path: String
  ) throws {
    if summary.wasInterrupted, let signal = Interruption.signalNumber {
      throw Interrupted(
        signalNumber: signal, activity: "the job",
        kept: "\(path) has \(summary.skipped + summary.records.count) of its cases, and --resume "
          + "continues it")
    }
    let slower = regressions.filter { $0.verdict == .slower }
    var problems = summary.failed.map { "failed: \($0.key) (\($0.reason ?? "no reason"))" }
    problems += slower.map {
      "slower than the baseline: \($0.caseName) (\(Format.decimal($0.ratio, places: 2)) times)"
    }
    if !problems.isEmpty { throw RunError(problems.joined(separator: "; ")) }
  }
}

/// The value of `--tolerance`: `5%` or `5`.
struct SlowdownTolerance: OptionValue, CustomStringConvertible {
  let share: Double

  init(share: Double) { self.share = share }

  init(parsing text: String) throws {
    let number = text.hasSuffix("%") ? text.dropLast() : text[...]
    guard let percent = Double(number), (0...10_000).contains(percent) else {
      throw InputError("the tolerance is '\(text)'; it must be a percentage such as 5%")
    }
    share = percent / 100
  }

  /// The text that the help shows as the default.
  var description: String { Format.percent(share) }
}
