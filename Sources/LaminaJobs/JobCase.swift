import FoundationEssentials
package import Lamina
import LaminaDevices
import LaminaMeasurement

/// One case of a job: what a process of its own measures and makes a record of.
package struct JobCase: Codable, Equatable, Sendable {
  /// What it trains, as options of `lamina train`.
  package var arguments: [String]
  /// Such as `784-128-64-10`.
  package var network: String
  /// The numbers of a network's inputs and outputs, by which synthetic data are made.
  package var inputs: Int
  package var outputs: Int
  /// What follows the hidden layers.
  package var activation: String
  package var parameters: Int
  package var batchSize: Int
  package var data: String
  package var device: String
  package var seed: UInt64
  package var learningRate: Float
  package var momentum: Float
  package var epochs: Int
  /// Options that the properties above do not tell, such as `optimizer adam`; empty without any.
  package var details: String
  package var repetition = 1
  package var sampling = CaseSampling()
  package var minimumAccuracy: Double?
  /// The device's peak where an earlier case measured it, in GFLOP/s.
  package var peak: Double?
  package var limits = JobLimits()

  /// Names the case in results, without its repetition.
  package var name: String {
    "\(network) \(activation), batch \(batchSize), \(data), "
      + "rate \(learningRate), momentum \(momentum), epochs \(epochs), seed \(seed), \(device)"
      + (details.isEmpty ? "" : ", \(details)")
  }

  /// Names the case and its repetition.
  package var key: String { "\(name) #\(repetition)" }

  /// The case as a process is told of it.
  package var text: String {
    let data = (try? JSONEncoder().encode(self)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads what ``text`` has written.
  package init(text: String) throws(JobError) {
    do { self = try JSONDecoder().decode(JobCase.self, from: Data(text.utf8)) } catch {
      throw JobError(.input, "this is no case of a job: \(text.prefix(80))")
    }
  }

  /// A case that trains `network` with `options`, which `arguments` came to: on the CPU, unless
  /// ``on(_:)`` says otherwise.
  package init(
    _ network: NetworkDescription, _ options: TrainingOptions, batchSize: Int, data: String,
    arguments: [String] = [], details: String = ""
  ) {
    self.arguments = arguments
    self.network = network.name
    inputs = network.inputs
    outputs = network.outputs
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

  /// A record of this case, on this machine and now, that has failed for `reason` or is to be
  /// filled.
  package func record(failed reason: String? = nil) -> Record {
    Record(
      key: key, caseName: name, date: RunFacts().date, status: reason == nil ? .ok : .failed,
      reason: reason, tool: .current, host: .current, environment: Record.environmentThatMatters,
      workload: Record.Workload(
        network: network, activation: activation, parameters: parameters,
        batchSize: batchSize, data: data, device: device, learningRate: learningRate,
        momentum: momentum, epochs: epochs, seed: seed),
      method: Record.Method(
        description: "training steps, recorded once; one wait at the end of a sample",
        repetition: repetition, sampleCount: sampling.count, sampleSeconds: sampling.seconds,
        warmUpSeconds: sampling.warmUpSeconds, stepsPerSample: nil))
  }
}

/// How a case is measured.
package struct CaseSampling: Codable, Equatable, Sendable {
  package var count = 10
  /// The least seconds of a sample.
  package var seconds = 0.1
  package var warmUpSeconds = 0.2
  /// Whether the device's peak is measured where no earlier case did.
  package var measuresPeak = true
}

/// What a case may take; it is ended when it takes more.
package struct JobLimits: Codable, Equatable, Sendable {
  package var seconds: Double
  /// Bytes in the memory of the machine.
  package var memory: Int?

  package init(seconds: Double = 600, memory: Int? = nil) {
    self.seconds = seconds
    self.memory = memory
  }
}

extension NetworkDescription {
  /// What follows the hidden dense layers, blocks included, each once; the names of jobs have
  /// `relu` for none.
  var hiddenActivations: [Activation] {
    let all = layers.dropLast().flatMap(\.denseActivations)
    let distinct = all.reduce(into: [Activation]()) { if !$0.contains($1) { $0.append($1) } }
    return distinct.isEmpty ? [.relu] : distinct
  }

  /// Whether the name of the network and one activation tell all of it: its hidden layers are dense.
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
