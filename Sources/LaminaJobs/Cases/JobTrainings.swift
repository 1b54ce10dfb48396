import Lamina
import LaminaConfiguration
import LaminaData

/// The trainings of a job: every network on every data set with every batch size and seed. All
/// share one configuration.
struct JobTrainings {
  private let reader: any CaseReader
  /// The whole configuration, if the job has one.
  private let training: ConfigurationNode?
  private let arguments: [String]
  private let networks: [JobNetwork]
  private let sources: [JobSource]
  private let batches: [(place: ConfigurationNode, count: Int?)]?
  private let seeds: [UInt64]?

  /// The default number of epochs, and of examples per step.
  private static let (epochs, batchSize) = (1, 64)

  init(_ job: ConfigurationMapping, _ reader: some CaseReader) throws(ConfigurationError) {
    self.reader = reader
    let training = job["training"]
    self.training = training
    arguments = try training.map(reader.arguments) ?? []
    for (key, own) in [
      ("hidden", "networks"), ("activation", "networks"), ("batch-size", "batch-sizes"),
      ("seed", "seeds"),
    ] {
      if let member = training?.member(key), job[own] != nil {
        throw member.error("give either \(own) or training.\(key)")
      }
    }
    let sourceOptions: DataOptions
    do { sourceOptions = try reader.dataOptions(arguments) } catch {
      throw (training ?? job.node).error("\(error)")
    }
    sources = try job.required("data").values { node throws(ConfigurationError) in
      try JobSource(node, sourceOptions)
    }
    batches = try job["batch-sizes"]?.values { node throws(ConfigurationError) in
      (node, try node.integer(in: 1...1_000_000))
    }
    seeds = try job["seeds"]?.values { node throws(ConfigurationError) in try node.unsigned() }
    if job["networks"] == nil, let hidden = training?.member("hidden") {
      networks = [JobNetwork(place: hidden)]
    } else {
      networks = try job.required("networks").values { node throws(ConfigurationError) in
        try JobNetwork(node, reader)
      }
    }
  }

  /// The paths of all data files that the job reads.
  var dataPaths: Set<String> { Set(sources.flatMap(\.paths)) }

  /// A case per training and device. Throws if one of them could not run.
  func cases(on devices: [String]) throws(ConfigurationError) -> [JobCase] {
    var cases: [JobCase] = []
    for network in networks {
      for source in sources {
        let data = try source.data(for: network)
        // An error in the configuration names its own place, not that of a network.
        if let training { _ = try check(["--hidden", "none"], with: data, at: training) }
        for (place, batch) in batches ?? [(network.place, defaultBatch)] {
          if let batch { try source.check(batch: batch, at: place) }
          let batch = batch.map { ["--batch-size", "\($0)"] } ?? []
          let (description, options) = try check(
            network.arguments + batch, with: data, at: network.place)
          for seed in seeds ?? [options.seed] {
            var options = options
            options.seed = seed
            let job = JobCase(
              description, options, batchSize: options.batchSize(of: data.train.count),
              data: source.name,
              arguments: whole(network.arguments + batch + ["--seed", "\(seed)"]),
              details: details(arguments + network.arguments, of: description))
            cases += devices.map(job.on)
          }
        }
      }
    }
    return cases
  }

  /// The batch size if no key sets it.
  private var defaultBatch: Int? { training?.member("batch-size") == nil ? Self.batchSize : nil }

  private func whole(_ more: [String]) -> [String] {
    ["--epochs", "\(Self.epochs)"] + arguments + more
  }

  private func check(
    _ more: [String], with data: DatasetSplit, at place: ConfigurationNode
  ) throws(ConfigurationError) -> (network: NetworkDescription, options: TrainingOptions) {
    do { return try reader.check(whole(more), with: data) } catch {
      throw place.error("\(error)")
    }
  }

  /// The options that no other part of a case's name covers.
  private func details(_ arguments: [String], of network: NetworkDescription) -> String {
    var told = ["--epochs", "--learning-rate", "--momentum", "--batch-size", "--seed"]
    if network.isTold { told += ["--hidden", "--activation"] }
    var parts: [[Substring]] = []
    for argument in arguments {
      if argument.hasPrefix("--") {
        parts.append([argument.dropFirst(2)])
      } else {
        parts[parts.count - 1].append(argument[...])
      }
    }
    return parts.filter { !told.contains("--\($0[0])") }
      .map { $0.joined(separator: " ") }.joined(separator: ", ")
  }
}
