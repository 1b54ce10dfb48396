import Lamina
import LaminaConfiguration
import Testing

@testable import LaminaJobs

@Suite("Job files") struct JobFileTests {
  private func job(_ text: String) throws(ConfigurationError) -> JobFile {
    try JobFile(ConfigurationFile.parse(text, file: "job.yaml"))
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
    #expect(first.sizes == [784, 16, 10] && first.activation == .tanh && first.batchSize == 8)
    #expect(first.learningRate == 0.5 && first.momentum == 0 && first.epochs == 4)
    #expect(first.limits == JobLimits(seconds: 9, memory: 512 << 20))
    #expect(first.sampleCount == 5 && !first.measuresPeak)
    #expect(job.cases.prefix(16).allSatisfy { $0.repetition == 1 })
    #expect(try JobCase(text: first.text) == first)
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
      ("data: digits\ndevices: [cpu, cpu]\nnetworks: {hidden: 4}", 1, "a case twice"),
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
