package import LaminaConfiguration
import LaminaDevices

/// A job: the cases to measure, their sampling and limits, and the paths of the results.
package struct JobFile: Sendable {
  package var name: String
  /// The cases in rounds: the first repetition of every case, then the second of every case.
  package var cases: [JobCase]
  /// The paths of the data that the job reads.
  package var dataPaths: Set<String>
  package var output, database, github: String?

  private static let keys = [
    "name", "data", "networks", "batch-sizes", "devices", "seeds", "population", "repetitions",
    "training",
    "measuring", "limits", "minimum-accuracy", "output", "database", "github",
  ]

  /// Reads a job file. Throws if a case could not run.
  ///
  /// - Parameter reader: Reads the options of a training.
  package init(path: String, _ reader: some CaseReader) throws(ConfigurationError) {
    try self.init(ConfigurationFile.read(path), reader)
  }

  package init(_ root: ConfigurationNode, _ reader: some CaseReader) throws(ConfigurationError) {
    let job = try root.mapping(keys: Self.keys)
    name = try job["name"]?.string() ?? "job"
    output = try job["output"]?.string()
    database = try job["database"]?.string()
    github = try job["github"]?.string()
    let measuring = try JobMeasuring(job)
    let trainings = try JobTrainings(job, reader)
    dataPaths = trainings.dataPaths
    let devices = try job.required("devices").values { node throws(ConfigurationError) in
      try Self.device(node)
    }
    let populations =
      try job["population"]?.values { node throws(ConfigurationError) in
        try node.integer(in: 1...10_000)
      } ?? [1]
    let cases = try trainings.cases(on: devices).flatMap { job in populations.map(job.together) }
      .map(measuring.applied)
    self.cases = (1...measuring.repetitions).flatMap { repetition in
      cases.map { job in
        var job = job
        job.repetition = repetition
        return job
      }
    }
    try Self.refuseDuplicates(self.cases, at: root)
  }

  private static func device(_ node: ConfigurationNode) throws(ConfigurationError) -> String {
    let name = try node.string()
    do {
      // Results name the first OpenCL device by its number too.
      return try DeviceSelection(name).selector
    } catch { throw node.error("\(error)") }
  }

  private static func refuseDuplicates(
    _ cases: [JobCase], at root: ConfigurationNode
  ) throws(ConfigurationError) {
    var keys: Set<String> = []
    for job in cases where !keys.insert(job.key).inserted {
      throw root.error("the job has the same case twice: \(job.key)")
    }
  }
}

/// The repetitions, the sampling and the limits of the cases of a job.
private struct JobMeasuring {
  let repetitions: Int
  private var sampling = CaseSampling()
  private let minimumAccuracy: Double?
  private let limits: JobLimits

  init(_ job: ConfigurationMapping) throws(ConfigurationError) {
    repetitions = try job["repetitions"]?.integer(in: 1...1000) ?? 1
    minimumAccuracy = try job["minimum-accuracy"]?.number(in: 0...1)
    let measuring = try job["measuring"]?.mapping(keys: [
      "samples", "sample-seconds", "warm-up-seconds", "peak",
    ])
    sampling.count = try measuring?["samples"]?.integer(in: 2...100_000) ?? sampling.count
    sampling.seconds = try measuring?["sample-seconds"]?.number(in: 1e-6...3600) ?? sampling.seconds
    sampling.warmUpSeconds =
      try measuring?["warm-up-seconds"]?.number(in: 0...3600) ?? sampling.warmUpSeconds
    sampling.measuresPeak = try measuring?["peak"]?.boolean() ?? sampling.measuresPeak
    let bounds = try job["limits"]?.mapping(keys: ["seconds", "memory"])
    limits = JobLimits(
      seconds: try bounds?["seconds"]?.number(in: 0.001...1e9) ?? 600,
      memory: try bounds?["memory"]?.bytes())
  }

  func applied(to job: JobCase) -> JobCase {
    var job = job
    job.sampling = sampling
    job.minimumAccuracy = minimumAccuracy
    job.limits = limits
    return job
  }
}

extension ConfigurationNode {
  /// One value or a list of them, each read by `read`.
  func values<Value>(
    _ read: (ConfigurationNode) throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> [Value] {
    var values: [Value] = []
    for node in try oneOrMore() { values.append(try read(node)) }
    return values
  }

  /// An amount of memory, such as `4 GiB` or `512 MiB`.
  func bytes() throws(ConfigurationError) -> Int {
    let words = try string().split(separator: " ")
    let units = ["MiB": 0x1p20, "GiB": 0x1p30]
    guard words.count == 2, let number = Double(words[0]), number > 0, number < 1e6,
      let unit = units[String(words[1])]
    else { throw error("\(path) must be an amount of memory such as 512 MiB or 4 GiB") }
    return Int(number * unit)
  }
}
