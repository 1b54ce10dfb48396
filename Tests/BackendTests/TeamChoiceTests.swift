import Lamina
import Support
import Testing

@testable import LaminaCPU

/// When short schedules run on one thread, and that it makes no difference to what they compute.
@Suite struct TeamChoiceTests {
  /// Makes `count` runs, which take the given seconds either way; returns how many used the team.
  private func run(_ choice: inout TeamChoice, _ count: Int, team: Double, alone: Double) -> Int {
    var teamRuns = 0
    for _ in 0..<count {
      let run = choice.next()
      if run.usesTeam { teamRuns += 1 }
      if run.isMeasured { choice.finished(run.usesTeam ? team : alone) }
    }
    return teamRuns
  }

  private static let trial = TeamChoice.unmeasured + TeamChoice.measured

  @Test func theFasterWayIsKeptUntilTheNextTrial() {
    var choice = TeamChoice()
    #expect(run(&choice, TeamChoice.period, team: 2, alone: 1) == Self.trial)
    // The same again, then the team is the faster one.
    #expect(run(&choice, TeamChoice.period, team: 2, alone: 1) == Self.trial)
    #expect(
      run(&choice, TeamChoice.period, team: 1, alone: 2) == TeamChoice.period - Self.trial)
    #expect(
      run(&choice, TeamChoice.period, team: 1, alone: 1) == TeamChoice.period - Self.trial)
  }

  /// A few runs during which something else had the processor decide nothing.
  @Test func theMedianCounts() {
    var choice = TeamChoice()
    var number = 0
    for _ in 0..<2 * Self.trial {
      let run = choice.next()
      if run.isMeasured {
        number += 1
        choice.finished(run.usesTeam ? (number % 3 == 0 ? 100 : 1) : 2)
      }
    }
    #expect(number == 2 * TeamChoice.measured)
    #expect(choice.next() == TeamChoice.Run(usesTeam: true, isMeasured: false))
  }

  @Test func aStepAloneHasTheSameBits() throws {
    func weights(alone: Bool) throws -> [[Float]] {
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
      let schedule = step.parts[0].prepared
      let parts = schedule.parts(for: 3)
      #expect(parts > 1, "cut into parts")
      for number in 0..<3 {
        let arguments = StepArguments(firstIndex: number * 32)
        if alone {
          schedule.run(inParts: parts, arguments)
        } else {
          schedule.run(on: backend.team, arguments)
        }
      }
      return try network.values().tensors
    }
    #expect(try weights(alone: true) == weights(alone: false))
  }
}
