import FoundationEssentials
package import Lamina
import LaminaData
import LaminaMeasurement

/// One case of a job: what a process of its own measures and makes a record of.
package struct JobCase: Codable, Equatable, Sendable {
  /// All sizes, from the inputs to the outputs.
  package var sizes: [Int]
  package var activation: Activation
  package var batchSize: Int
  package var data: String
  package var device: String
  package var seed: UInt64
  package var repetition: Int
  package var learningRate: Float
  package var momentum: Float
  package var epochs: Int
  package var sampleCount: Int
  package var sampleSeconds: Double
  package var warmUpSeconds: Double
  package var minimumAccuracy: Double?
  package var measuresPeak: Bool
  /// The device's peak where an earlier case measured it, in GFLOP/s.
  package var peak: Double?
  package var limits: JobLimits

  /// Such as `784-128-64-10`.
  package var network: String { sizes.map(String.init).joined(separator: "-") }

  /// Names the case in results, without its repetition.
  package var name: String {
    "\(network) \(activation.description), batch \(batchSize), \(data), "
      + "rate \(learningRate), momentum \(momentum), epochs \(epochs), seed \(seed), \(device)"
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

  package init(
    sizes: [Int], activation: Activation = .relu, batchSize: Int, data: String, device: String,
    seed: UInt64 = 1, repetition: Int = 1, learningRate: Float = 0.01, momentum: Float = 0.9,
    epochs: Int = 1, sampleCount: Int = 10, sampleSeconds: Double = 0.1,
    warmUpSeconds: Double = 0.2, minimumAccuracy: Double? = nil, measuresPeak: Bool = true,
    limits: JobLimits = JobLimits()
  ) {
    self.sizes = sizes
    self.activation = activation
    self.batchSize = batchSize
    self.data = data
    self.device = device
    self.seed = seed
    self.repetition = repetition
    self.learningRate = learningRate
    self.momentum = momentum
    self.epochs = epochs
    self.sampleCount = sampleCount
    self.sampleSeconds = sampleSeconds
    self.warmUpSeconds = warmUpSeconds
    self.minimumAccuracy = minimumAccuracy
    self.measuresPeak = measuresPeak
    self.limits = limits
  }

  /// The network.
  package var description: NetworkDescription {
    .classifier(
      inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: activation,
      classes: sizes[sizes.count - 1], inputScaling: .signedUnit)
  }

  /// A record of this case, on this machine and now, that has failed for `reason` or is to be
  /// filled.
  package func record(failed reason: String? = nil) -> Record {
    Record(
      key: key, caseName: name, date: RunFacts().date, status: reason == nil ? .ok : .failed,
      reason: reason, tool: .current, host: .current, environment: Record.environmentThatMatters,
      workload: Record.Workload(
        network: network, activation: activation.description,
        parameters: description.parameterCount,
        batchSize: batchSize, data: data, device: device, learningRate: learningRate,
        momentum: momentum, epochs: epochs, seed: seed),
      method: Record.Method(
        description: "training steps, recorded once; one wait at the end of a sample",
        repetition: repetition, sampleCount: sampleCount, sampleSeconds: sampleSeconds,
        warmUpSeconds: warmUpSeconds, stepsPerSample: nil))
  }
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
