import FoundationEssentials
package import Lamina
import LaminaDevices
import LaminaMeasurement

/// One case of a job. A separate process measures it and makes a record.
package struct JobCase: Codable, Equatable, Sendable {
  /// The training, as options of `lamina train`.
  package var arguments: [String]
  /// The name of the network, such as `784-128-64-10`.
  package var network: String
  /// The network's numbers of inputs and outputs, which determine the shape of synthetic data.
  package var inputs: Int
  package var outputs: Int
  /// The activations of the hidden layers.
  package var activation: String
  package var parameters, batchSize: Int
  package var data, device: String
  package var seed: UInt64
  package var learningRate, momentum: Float
  package var epochs: Int
  /// The options that the properties above do not cover, such as `optimizer adam`; empty if none.
  package var details: String
  /// The networks that are trained at once, with seeds that count up from ``seed``.
  package var population = 1
  package var repetition = 1
  package var sampling = CaseSampling()
  package var minimumAccuracy: Double?
  /// The device's peak in GFLOP/s, if an earlier case measured it.
  package var peak: Double?
  package var limits = JobLimits()

  /// The name of the case in results, without its repetition.
  package var name: String {
    "\(network) \(activation), batch \(batchSize), \(data), "
      + "rate \(learningRate), momentum \(momentum), epochs \(epochs), seed \(seed), \(device)"
      + (details.isEmpty ? "" : ", \(details)")
      + (population == 1 ? "" : ", \(population) networks at once")
  }

  /// The name of the case with its repetition.
  package var key: String { "\(name) #\(repetition)" }

  /// The case as an argument for the process that measures it.
  package var text: String {
    let data = (try? JSONEncoder().encode(self)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads a ``text``.
  package init(text: String) throws(JobError) {
    do { self = try JSONDecoder().decode(JobCase.self, from: Data(text.utf8)) } catch {
      throw JobError(.input, "this is not a case of a job: \(text.prefix(80))")
    }
  }

  /// A case on the CPU that trains `network` with `options`, which result from `arguments`.
  ///
  /// Use ``on(_:)`` for another device.
  package init(
    _ network: NetworkDescription, _ options: TrainingOptions, batchSize: Int, data: String,
    arguments: [String] = [], details: String = ""
  ) {
    self.arguments = arguments
    self.network = network.name
    inputs = network.inputs
    outputs = network.targets
    activation = network.hiddenActivations.map(\.description).joined(separator: " and ")
    parameters = network.parameterCount
    self.batchSize = batchSize
    self.data = data
    device = DeviceSelection.cpuSelector
    seed = options.seed
    learningRate = options.rule.optimizer.learningRate
    momentum = options.rule.optimizer.momentum
    epochs = options.epochs
    self.details = details
  }

  /// The case on another device.
  package func on(_ device: String) -> JobCase {
    var job = self
    job.device = device
    return job
  }

  /// The same with so many networks at once.
  package func together(_ population: Int) -> JobCase {
    var job = self
    job.population = population
    return job
  }

  /// The options of each of the networks that are trained at once.
  var argumentsOfNetworks: [[String]] {
    (0..<population).map { number in
      // Cases name their seed themselves, after all other options.
      arguments.dropLast(arguments.suffix(2).first == "--seed" ? 2 : 0)
        + ["--seed", "\(seed &+ UInt64(number))"]
    }
  }

  /// A record of this case on this machine, with the current time. It has failed for `reason`, or
  /// is to be filled if that is nil.
  package func record(failed reason: String? = nil) -> Record {
    Record(
      key: key, caseName: name, date: RunFacts().date, status: reason == nil ? .ok : .failed,
      reason: reason, tool: .current, host: .current, environment: Record.environmentThatMatters,
      workload: Record.Workload(
        network: network, activation: activation, parameters: parameters,
        batchSize: batchSize, data: data, device: device, learningRate: learningRate,
        momentum: momentum, epochs: epochs, seed: seed,
        population: population == 1 ? nil : population),
      method: Record.Method(
        description: "training steps, recorded once; one wait at the end of a sample",
        repetition: repetition, sampleCount: sampling.count, sampleSeconds: sampling.seconds,
        warmUpSeconds: sampling.warmUpSeconds, stepsPerSample: nil))
  }
}

/// The sampling of a case.
package struct CaseSampling: Codable, Equatable, Sendable {
  package var count = 10
  /// The minimum duration of a sample, in seconds.
  package var seconds = 0.1
  package var warmUpSeconds = 0.2
  /// Whether to measure the device's peak if no earlier case did.
  package var measuresPeak = true
}

/// The limits of a case. Its process is killed when it exceeds them.
package struct JobLimits: Codable, Equatable, Sendable {
  package var seconds: Double = 600
  /// The maximum resident memory in bytes.
  package var memory: Int?
}

extension NetworkDescription {
  /// The distinct activations of the hidden dense layers, including those in blocks; `relu` if
  /// there are none, because the names of jobs need one.
  var hiddenActivations: [Activation] {
    let all = layers.dropLast().flatMap(\.denseActivations)
    let distinct = all.reduce(into: [Activation]()) { if !$0.contains($1) { $0.append($1) } }
    return distinct.isEmpty ? [.relu] : distinct
  }

  /// Whether the network's name and one activation describe it completely: all hidden layers are
  /// dense and have the same activation.
  var isTold: Bool {
    let areDense = layers.dropLast().allSatisfy { if case .dense = $0 { true } else { false } }
    return areDense && hiddenActivations.count == 1
  }
}

extension Layer {
  fileprivate var denseActivations: [Activation] {
    switch self {
    case .dense(_, let activation): [activation]
    case .residual(let layers): layers.flatMap(\.denseActivations)
    default: []
    }
  }
}
