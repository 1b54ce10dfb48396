import Lamina
import LaminaConfiguration
import Testing

@testable import LaminaCommand
@testable import LaminaJobs

@Suite("Job files") struct JobFileTests {
  private func job(_ text: String) throws(ConfigurationError) -> JobFile {
    try JobFile(ConfigurationFile.parse(text, file: "job.yaml"), TrainCaseReader())
  }

  @Test("A job is all its networks, batches, seeds and devices, round after round")
  func cases() throws {
    let job = try job(
      """
      data: [digits, synthetic]
      networks:
        - {hidden: [16], activation: tanh}
        - {sizes: [784, 10]}
      batch-sizes: [8, 16]
      devices: cpu
      seeds: [1, 2]
      repetitions: 3
      training: {learning-rate: 0.5, momentum: 0, epochs: 4}
      measuring: {samples: 5, sample-seconds: 0.01, warm-up-seconds: 0, peak: false}
      limits: {seconds: 9, memory: 512 MiB}
      """)
    #expect(job.cases.count == 2 * 2 * 2 * 2 * 3)
    #expect(Set(job.cases.map(\.key)).count == job.cases.count)
    let first = job.cases[0]
    #expect(first.network == "784-16-10" && first.activation == "tanh" && first.batchSize == 8)
    #expect(
      first.name
        == "784-16-10 tanh, batch 8, digits, rate 0.5, momentum 0.0, epochs 4, seed 1, cpu",
      "results and baselines know cases by their names")
    #expect(first.learningRate == 0.5 && first.momentum == 0 && first.epochs == 4)
    #expect(first.limits == JobLimits(seconds: 9, memory: 512 << 20))
    #expect(first.sampling.count == 5 && !first.sampling.measuresPeak)
    #expect(job.cases.prefix(16).allSatisfy { $0.repetition == 1 })
    #expect(try JobCase(text: first.text) == first)
  }

  @Test("Networks that are trained at once are a case, with seeds that count up")
  func population() throws {
    let cases = try job(
      "data: digits\nnetworks: {hidden: 8}\ndevices: cpu\nseeds: 7\npopulation: [1, 3]"
    ).cases
    #expect(cases.map(\.population) == [1, 3])
    #expect(cases[1].name == "\(cases[0].name), 3 networks at once")
    let networks = cases[1].argumentsOfNetworks
    #expect(networks.map { Array($0.suffix(2)) } == ["7", "8", "9"].map { ["--seed", $0] })
    #expect(networks.allSatisfy { $0.count { $0 == "--seed" } == 1 })
    #expect(cases[1].record(failed: "x").workload.population == 3)
    #expect(cases[0].record(failed: "x").workload.population == nil)
  }

  @Test("Without keys of the training, a case has the names that it always had")
  func defaults() throws {
    let cases = try job("data: digits\nnetworks: [{hidden: []}, {hidden: [8, 4]}]\ndevices: cpu")
      .cases
    #expect(
      cases.map(\.name)
        == ["784-10 relu", "784-8-4-10 relu"].map {
          "\($0), batch 64, digits, rate 0.01, momentum 0.9, epochs 1, seed 1, cpu"
        })
  }

  /// The syntax is that of configurations of `lamina train`.
  private static let configuration = """
    data: blobs
    devices: cpu
    training:
      hidden: [16 tanh, {dropout: 0.25}, 8]
      optimizer: {adam: {beta1: 0.8}}
      loss: mse
      l2: 0.001
      schedule: {step: {every: 1, factor: 0.5}}
      validation-share: 0.1
      early-stopping: 3
      accumulation: 2
      batch-size: 50
      seed: 7
      shuffle: false
      epochs: 2
    """

  @Test("A case takes a whole configuration of lamina train")
  func wholeConfiguration() throws {
    let job = try job(Self.configuration)
    let found = try #require(job.cases.first)
    #expect(job.cases.count == 1 && found.batchSize == 50 && found.seed == 7)
    #expect(found.learningRate == 0.001 && found.momentum == 0 && found.epochs == 2)
    #expect(
      found.details == "validation-share 0.1, hidden 16 tanh, dropout(0.25), 8, loss mse, "
        + "optimizer adam(beta1=0.8), schedule step(every=1, factor=0.5), accumulation 2, l2 0.001, "
        + "early-stopping 3, no-shuffle")
    let reader = TrainCaseReader()
    let data = try JobData.load(
      found.data, reader.dataOptions(found.arguments), inputs: found.inputs,
      outputs: found.outputs)
    let setup = try reader.setup(found.arguments, with: data)
    #expect(setup.data.validation?.count == 160 && setup.data.train.count == 1440)
    #expect(
      setup.network.layers == [
        .dense(outputs: 16, activation: .tanh), .dropout(rate: 0.25),
        .dense(outputs: 8, activation: .relu), .dense(outputs: 3, activation: .identity),
      ])
    #expect(setup.network.loss == .squaredError && setup.earlyStopping?.patience == 3)
    #expect(
      setup.options
        == TrainingOptions(
          batchSize: 50, epochs: 2,
          rule: UpdateRule(
            .adam(Adam(learningRate: 0.001, beta1: 0.8)), penalties: Penalties(l2: 0.001)),
          schedule: LearningRateSchedule(.step(every: 1, factor: 0.5)), accumulation: 2, seed: 7,
          shuffles: false))
  }

  @Test("Keys of the job take the place of those of the configuration, or exclude them")
  func keysOfTheJob() throws {
    let text = """
      data: digits
      devices: cpu
      networks: {hidden: "8 tanh, 4"}
      batch-sizes: [10, 20]
      training: {optimizer: nesterov}
      """
    let cases = try job(text).cases
    #expect(cases.map(\.batchSize) == [10, 20])
    #expect(cases[0].activation == "tanh and relu" && cases[0].learningRate == 0.01)
    #expect(cases[0].details == "optimizer nesterov, hidden 8 tanh, 4")
  }

  @Test(
    "What cannot run is refused with its line",
    arguments: [
      ("netwroks: []", 1, "there is no key 'netwroks'; did you mean 'networks'?"),
      ("data: digits\nnetworks: {hidden: 4}\ndevices: [cpu, abacus]", 3, "abacus"),
      ("data: digitz\nnetworks: {hidden: 4}\ndevices: cpu", 1, "did you mean 'digits'?"),
      ("data: /nowhere\nnetworks: {hidden: 4}\ndevices: cpu", 1, "/nowhere"),
      (
        "data: digits\ndevices: cpu\nnetworks:\n  - {hidden: 4, activation: rleu}", 4,
        "there is no activation 'rleu'; did you mean 'relu'?"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks:\n  - sizes: [10, 4]", 4,
        "digits has 784 inputs and 10 classes"
      ),
      ("data: digits\ndevices: cpu\nnetworks: {hidden: 0}", 3, "from 1 to 1000000"),
      ("data: digits\ndevices: cpu", 1, "the key 'networks' is missing"),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\nbatch-sizes: 20001", 4,
        "digits has 20000 examples"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\nlimits:\n  memory: 4", 5, "512 MiB"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\ntraining:\n  optimizer: adma", 5,
        "there is no optimizer 'adma'; did you mean 'adam'?"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\ntraining:\n  epcohs: 3", 5,
        "there is no key 'epcohs' in training; did you mean 'epochs'?"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\ntraining:\n  learning-rate: -1", 5,
        "the learning rate is -1.0; it must be a positive number"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\ntraining:\n  optimizer: adam\n  momentum: 0.5",
        5, "--momentum has no effect with adam"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\ntraining:\n  early-stopping: 3", 5,
        "--early-stopping needs a validation part"
      ),
      (
        "data: digits\ndevices: cpu\nnetworks: {hidden: 4}\ntraining:\n  device: opencl", 5,
        "a case's training cannot set 'device'"
      ),
      (
        "data: digits\ndevices: cpu\nbatch-sizes: 8\nnetworks: {hidden: 4}\ntraining:\n  batch-size: 9",
        6, "give either batch-sizes or training.batch-size"
      ),
      (
        "data: xor\ndevices: cpu\nnetworks: {hidden: 4}", 1,
        "xor has no classes, and only classifiers are measured"
      ),
      ("data: digits\ndevices: [cpu, cpu]\nnetworks: {hidden: 4}", 1, "the same case twice"),
    ])
  func refusals(text: String, line: Int, expected: String) {
    do {
      _ = try job(text)
      Issue.record("it was not refused")
    } catch {
      #expect(error.line == line, "\(error)")
      #expect(error.description.contains(expected), "\(error)")
    }
  }
}
