import Lamina
package import LaminaConfiguration
import LaminaData
import LaminaDevices
import LaminaMeasurement

/// A job: which cases to measure, how, and where the results go.
package struct JobFile: Sendable {
  package var name: String
  /// Round after round: the first repetition of every case, then the second of every case.
  package var cases: [JobCase]
  package var output: String?
  package var database: String?
  package var github: String?

  /// The paths of the data sets that are read.
  package var dataPaths: Set<String> {
    Set(cases.map(\.data)).subtracting([JobData.digits, JobData.synthetic])
  }

  private static let keys = [
    "name", "data", "networks", "batch-sizes", "devices", "seeds", "repetitions", "training",
    "measuring", "limits", "minimum-accuracy", "output", "database", "github",
  ]

  /// Reads a job file; refuses whatever could not run.
  package init(path: String) throws(ConfigurationError) {
    try self.init(ConfigurationFile.read(path))
  }

  package init(_ root: ConfigurationNode) throws(ConfigurationError) {
    let job = try root.mapping(keys: Self.keys)
    name = try job["name"]?.string() ?? "job"
    output = try job["output"]?.string()
    database = try job["database"]?.string()
    github = try job["github"]?.string()
    let settings = try Settings(job)
    let sources = try job.required("data").values { node throws(ConfigurationError) in
      try Source(node)
    }
    let devices = try job.required("devices").values { node throws(ConfigurationError) in
      try Self.device(node)
    }
    let batches = try job["batch-sizes"]?.values { node throws(ConfigurationError) in
      (node, try node.integer(in: 1...1_000_000))
    }
    let seeds =
      try job["seeds"]?.values { node throws(ConfigurationError) in try node.unsigned() } ?? [1]
    var cases: [JobCase] = []
    for node in try job.required("networks").oneOrMore() {
      for source in sources {
        let (sizes, activation) = try Self.network(node, for: source)
        for (place, batch) in batches ?? [(node, 64)] {
          try source.check(batch: batch, at: place)
          for seed in seeds {
            for device in devices {
              cases.append(
                settings.makeCase(sizes, activation, batch, source.name, device, seed))
            }
          }
        }
      }
    }
    self.cases = (1...settings.repetitions).flatMap { repetition in
      cases.map { job in
        var job = job
        job.repetition = repetition
        return job
      }
    }
    try Self.refuseDuplicates(self.cases, at: root)
  }

  /// What all cases share.
  private struct Settings {
    var repetitions = 1
    var template: JobCase

    init(_ job: ConfigurationMapping) throws(ConfigurationError) {
      template = JobCase(sizes: [1, 1], batchSize: 1, data: "", device: "")
      repetitions = try job["repetitions"]?.integer(in: 1...1000) ?? 1
      template.minimumAccuracy = try job["minimum-accuracy"]?.number(in: 0...1)
      let training = try job["training"]?.mapping(keys: ["learning-rate", "momentum", "epochs"])
      template.learningRate = Float(try training?["learning-rate"]?.number(in: 1e-9...1e6) ?? 0.01)
      template.momentum = Float(try training?["momentum"]?.number(in: 0...0.999999) ?? 0.9)
      template.epochs = try training?["epochs"]?.integer(in: 1...1_000_000) ?? 1
      let measuring = try job["measuring"]?.mapping(keys: [
        "samples", "sample-seconds", "warm-up-seconds", "peak",
      ])
      template.sampleCount = try measuring?["samples"]?.integer(in: 2...100_000) ?? 10
      template.sampleSeconds = try measuring?["sample-seconds"]?.number(in: 1e-6...3600) ?? 0.1
      template.warmUpSeconds = try measuring?["warm-up-seconds"]?.number(in: 0...3600) ?? 0.2
      template.measuresPeak = try measuring?["peak"]?.boolean() ?? true
      let limits = try job["limits"]?.mapping(keys: ["seconds", "memory"])
      template.limits = JobLimits(
        seconds: try limits?["seconds"]?.number(in: 0.001...1e9) ?? 600,
        memory: try limits?["memory"]?.bytes())
    }

    func makeCase(
      _ sizes: [Int], _ activation: Activation, _ batch: Int, _ data: String, _ device: String,
      _ seed: UInt64
    ) -> JobCase {
      var job = template
      job.sizes = sizes
      job.activation = activation
      job.batchSize = batch
      job.data = data
      job.device = device
      job.seed = seed
      return job
    }
  }

  /// A data set that the job names, looked at before anything runs.
  private struct Source {
    let name: String
    /// Nil for data that are made to fit.
    var shape: (count: Int, features: Int, classes: Int)?

    init(_ node: ConfigurationNode) throws(ConfigurationError) {
      name = try node.string()
      if name == JobData.synthetic { return }
      do {
        let train = try JobData.load(name, sizes: []).train
        shape = (train.count, train.features, train.outputs)
      } catch {
        let known = [JobData.digits, JobData.synthetic]
        let meant = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
        throw node.error("there is no data set '\(name)'\(meant): \(error)")
      }
    }

    func check(batch: Int, at place: ConfigurationNode) throws(ConfigurationError) {
      if let shape, batch > shape.count {
        throw place.error("\(name) has \(shape.count) examples, fewer than a batch of \(batch)")
      }
    }
  }

  private static func device(_ node: ConfigurationNode) throws(ConfigurationError) -> String {
    let name = try node.string()
    do {
      // The first OpenCL device is known by its number, so that results name it alike.
      return try DeviceSelection(name).selector
    } catch { throw node.error("\(error)") }
  }

  private static func activation(
    _ node: ConfigurationNode
  ) throws(ConfigurationError) -> Activation {
    let text = try node.string()
    do throws(TextError) { return try Activation(parsing: text) } catch {
      throw node.error(error.description)
    }
  }

  private static func network(
    _ node: ConfigurationNode, for source: Source
  ) throws(ConfigurationError) -> ([Int], Activation) {
    let network = try node.mapping(keys: ["sizes", "hidden", "activation"])
    let chosen = try network["activation"].map(activation) ?? .relu
    let size = { (node: ConfigurationNode) throws(ConfigurationError) in
      try node.integer(in: 1...1_000_000)
    }
    let sizes: [Int]
    if let all = network["sizes"] {
      if let hidden = network["hidden"] { throw hidden.error("give either sizes or hidden") }
      sizes = try all.values(size)
      guard sizes.count > 1 else {
        throw all.error("sizes needs two numbers or more, from the inputs to the outputs")
      }
      if let shape = source.shape, shape.features != sizes[0] || shape.classes != sizes.last {
        throw all.error(
          "\(source.name) has \(shape.features) inputs and \(shape.classes) classes, and the network "
            + "has \(sizes[0]) and \(sizes[sizes.count - 1])")
      }
    } else {
      let shape = source.shape ?? (60_000, 784, 10)
      let hidden = try network.required("hidden")
      var inner: [Int] = []
      if case .list(let nodes) = hidden.content, nodes.isEmpty {
      } else {
        inner = try hidden.values(size)
      }
      sizes = [shape.features] + inner + [shape.classes]
    }
    do {
      try JobCase(sizes: sizes, activation: chosen, batchSize: 1, data: "", device: "").description
        .validate()
    } catch { throw node.error("\(error)") }
    return (sizes, chosen)
  }

  private static func refuseDuplicates(
    _ cases: [JobCase], at root: ConfigurationNode
  ) throws(ConfigurationError) {
    var keys: Set<String> = []
    for job in cases where !keys.insert(job.key).inserted {
      throw root.error("the job has a case twice: \(job.key)")
    }
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
