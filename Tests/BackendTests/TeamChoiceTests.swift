import Lamina
import LaminaCheck
import Support
import Testing

@testable import LaminaCPU

/// How many threads run a list, and that it makes no difference to what they compute.
@Suite struct TeamChoiceTests {
  /// Makes `count` runs, which take the seconds that `time` says for a number of threads; returns how
  /// many runs each number had.
  @discardableResult
  private func run(
    _ choice: inout TeamChoice, _ count: Int, time: (Int) -> Double
  ) -> [Int: Int] {
    var runs: [Int: Int] = [:]
    for _ in 0..<count {
      let run = choice.next()
      runs[run.threads, default: 0] += 1
      if run.isMeasured { choice.finished(time(run.threads)) }
    }
    return runs
  }

  private static let trial = TeamChoice.unmeasured + TeamChoice.measured
  private static let microsecond = 1e-6

  @Test func theFasterWayIsKeptUntilTheNextTrial() {
    var choice = TeamChoice(most: 2, cores: 2, work: 1000)
    let alone = { (threads: Int) in Self.microsecond * Double(threads) }
    let together = { (threads: Int) in Self.microsecond / Double(threads) }
    #expect(run(&choice, TeamChoice.period, time: alone)[2] == Self.trial)
    // The same again, then two threads are faster.
    #expect(run(&choice, TeamChoice.period, time: alone)[2] == Self.trial)
    #expect(run(&choice, TeamChoice.period, time: together)[1] == Self.trial)
    #expect(run(&choice, TeamChoice.period, time: { _ in 1e-6 })[1] == Self.trial, "a tie")
    #expect(choice.threads == 2)
  }

  /// Whatever number is the fastest is found in the first steps.
  @Test(arguments: [1, 2, 4, 8, 12, 16, 24])
  func theFastestNumberIsFound(best: Int) {
    var choice = TeamChoice(most: 24, cores: 12, work: 1000)
    // Cores share the work, and each thread costs something.
    let cost = 1 / Double(best * best)
    let time = { (threads: Int) in 1e-5 * (1 / Double(threads) + cost * Double(threads)) }
    run(&choice, 200, time: time)
    #expect(choice.threads == best)
    let runs = run(&choice, TeamChoice.period - 200, time: time)
    #expect(runs == [best: TeamChoice.period - 200])
  }

  /// With one thread a core to begin with, all numbers are within reach, and none that is larger.
  @Test func theNumbersArePowersOfTwoThoseOfCoresAndAll() {
    var tried: Set<Int> = []
    var choice = TeamChoice(most: 11, cores: 6, work: 1000)
    #expect(choice.next().threads == 6)
    run(&choice, 2000) {
      tried.insert($0)
      return 1e-6
    }
    #expect(tried == [1, 2, 4, 6, 8, 11])
    var largest = TeamChoice(most: 1024, cores: 3, work: 1000)
    run(&largest, TeamChoice.period) { 1 / Double($0) * 1e-3 }
    #expect(largest.threads == 1024)
  }

  /// A number that is much slower is the last in its direction.
  @Test func theSearchEndsWhereItGetsSlower() {
    var choice = TeamChoice(most: 16, cores: 16, work: 1000)
    let runs = run(&choice, TeamChoice.period) { 1e-4 / Double($0) }
    #expect(runs == [16: TeamChoice.period - Self.trial, 8: Self.trial])
  }

  /// Fewer threads for much work are tried late, and with a run or two if these are long.
  @Test func longRunsLoseNoTime() {
    var choice = TeamChoice(most: 2, cores: 2, work: 1_000_000_000)
    let runs = run(&choice, TeamChoice.period) { 0.1 / Double($0) }
    #expect(runs[1] == 2, "one to wake threads, one that is clear")
    // Shorter runs: one to warm up, and three.
    var short = TeamChoice(most: 2, cores: 2, work: 1_000_000_000)
    #expect(run(&short, TeamChoice.period) { 1e-4 / Double($0) }[1] == 4)
    var first = TeamChoice(most: 2, cores: 2, work: 1_000_000_000)
    #expect(run(&first, TeamChoice.lateTrial) { 0.1 / Double($0) }[1] == nil)
  }

  /// Processors that others have: more threads than there really are cores for.
  @Test func longRunsFindOutThatThreadsDoNotHelp() {
    var choice = TeamChoice(most: 16, cores: 16, work: 1_000_000_000)
    run(&choice, TeamChoice.period) { 0.1 + abs(Double($0) - 2) / 100 }
    #expect(choice.threads == 2)
  }

  /// A few runs during which something else had the processor decide nothing.
  @Test func theMedianCounts() {
    var choice = TeamChoice(most: 2, cores: 2, work: 1000)
    var number = 0
    run(&choice, 2 * Self.trial) { threads in
      number += 1
      return threads == 2 ? (number % 3 == 0 ? 1e-4 : 1e-6) : 2e-6
    }
    #expect(choice.next() == TeamChoice.Run(threads: 2, isMeasured: false))
  }

  @Test func oneThreadIsNotMeasured() {
    var choice = TeamChoice(most: 1, cores: 4, work: 1000)
    #expect(choice.next() == TeamChoice.Run(threads: 1, isMeasured: false))
  }

  @Test func theSameBitsWhoeverComputesThem() throws {
    func weights(members: Int) throws -> [[Float]] {
      let backend = try CPUBackend(threads: 3)
      let description = NetworkDescription.classifier(
        inputs: 300, hidden: [16], activation: .tanh, classes: 10, inputScaling: .unit)
      let network = try Network(
        description,
        values: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
        on: backend)
      let dataset = Dataset(
        name: "test",
        inputs: .bytes(DesignedData.labels(96 * 300, classes: 256, seed: 71).map(UInt8.init)),
        targets: .classes(
          DesignedData.labels(96, classes: 10, seed: 72), classNames: (0..<10).map(String.init)),
        features: 300)
      let data = try DeviceDataset(dataset, for: description, on: backend)
      let batch = BatchIndices(try backend.makeIndices([Int32](0..<96)), count: 32)
      let step = try TrainingStep(
        network, batch: batch, data: data,
        buffers: BatchBuffers(description, rows: 32, on: backend),
        rule: .sgd(learningRate: 0.1, momentum: 0.9))
      let tasks = step.parts[0].prepared
      let parts = tasks.parts(for: backend.width)
      #expect(parts == 3, "cut into parts")
      let team = ThreadTeam(count: 3)
      for number in 0..<3 {
        tasks.begin(StepArguments(firstIndex: number * 32))
        team.run(tasks, parts: parts, members: members)
      }
      return try network.values().tensors
    }
    let alone = try weights(members: 1)
    for members in 2...3 { #expect(try weights(members: members) == alone, "\(members)") }
  }
}
