import Lamina
import Support
import Testing

/// Learning rates against PyTorch's schedulers: `Tests/Golden/schedules.json`.
@Suite struct ScheduleTests {
  struct Golden: Decodable {
    struct Plateau: Decodable {
      let values, shares: [Double]
    }
    let epochs, stepsPerEpoch: Int
    let step, exponential, cosine, warmUp, warmUpStep, oneCycle, oneCycleShort: [Double]
    let plateau, plateauMinimum, plateauAccuracy: Plateau

    var length: TrainingLength { TrainingLength(stepsPerEpoch: stepsPerEpoch, epochs: epochs) }
  }

  private func check(
    _ schedule: LearningRateSchedule, _ expected: [Double], _ length: TrainingLength,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try schedule.validate()
    #expect(expected.count == length.steps, sourceLocation: sourceLocation)
    for (index, share) in expected.enumerated() {
      let factor = schedule.factor(step: index + 1, in: length)
      #expect(abs(factor - share) < 1e-9, "step \(index + 1)", sourceLocation: sourceLocation)
    }
  }

  @Test func schedulesEqualPyTorchs() throws {
    let golden = try GoldenFile.decode(Golden.self, "schedules")
    let length = golden.length
    try check(LearningRateSchedule(.step(every: 3, factor: 0.1)), golden.step, length)
    try check(LearningRateSchedule(.exponential(factor: 0.9)), golden.exponential, length)
    try check(LearningRateSchedule(.cosine(to: 0.1)), golden.cosine, length)
    try check(LearningRateSchedule(.constant, warmUp: .steps(7)), golden.warmUp, length)
    try check(
      LearningRateSchedule(.step(every: 1, factor: 0.5), warmUp: .epochs(2)), golden.warmUpStep,
      length)
    try check(LearningRateSchedule(.oneCycle(OneCycle())), golden.oneCycle, length)
    try check(
      LearningRateSchedule(
        .oneCycle(OneCycle(rise: 0.4, startDivisor: 10, endDivisor: 100))), golden.oneCycleShort,
      TrainingLength(stepsPerEpoch: 7, epochs: 1))
  }

  @Test func plateausEqualPyTorchs() throws {
    func check(_ rule: ReduceOnPlateau, _ golden: Golden.Plateau) {
      var state = ReduceOnPlateau.State()
      for (value, share) in zip(golden.values, golden.shares) {
        state.observe(value, rule)
        #expect(abs(state.factor - share) < 1e-12, "after \(value)")
      }
    }
    let golden = try GoldenFile.decode(Golden.self, "schedules")
    check(ReduceOnPlateau(patience: 2), golden.plateau)
    check(
      ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0.01, minimum: 0.2),
      golden.plateauMinimum)
    check(
      ReduceOnPlateau(factor: 0.3, patience: 1, threshold: 0.01, metric: .accuracy),
      golden.plateauAccuracy)
  }

  @Test func aValueThatIsNoNumberIsNoProgress() {
    let rule = ReduceOnPlateau(factor: 0.5, patience: 0)
    var state = ReduceOnPlateau.State()
    state.observe(.nan, rule)
    #expect(state.factor == 0.5)
    state.observe(1, rule)
    #expect(state.factor == 0.5)
  }

  /// Every schedule stays a share of the rate in trainings of any length, beyond their end too.
  @Test func factorsStayBetweenZeroAndOne() {
    let schedules: [LearningRateSchedule] = [
      .constant, LearningRateSchedule(.step(every: 2, factor: 0.5)),
      LearningRateSchedule(.exponential(factor: 0.5)), LearningRateSchedule(.cosine(to: 0)),
      LearningRateSchedule(.oneCycle(OneCycle())),
      LearningRateSchedule(.oneCycle(OneCycle(rise: 0)), warmUp: .steps(1)),
      LearningRateSchedule(.oneCycle(OneCycle(rise: 1)), warmUp: .epochs(100)),
    ]
    for schedule in schedules {
      for epochs in 1...4 {
        for limit in [nil, 1, 3] {
          let length = TrainingLength(stepsPerEpoch: 2, epochs: epochs, stepLimit: limit)
          for step in 1...10 {
            let factor = schedule.factor(step: step, in: length)
            #expect(factor >= 0 && factor <= 1, "\(schedule), step \(step) of \(length.steps)")
          }
        }
      }
    }
  }
}
