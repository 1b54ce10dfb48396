import Testing

@testable import LaminaBenchmark
@testable import LaminaMeasurement
@testable import LaminaText

@Suite("Benchmark statistics") struct StatisticsTests {
  @Test("Median, minimum and spread of samples in any order")
  func ofSamples() {
    let statistics = Statistics([5, 1, 3, 2, 4])
    #expect(statistics.median == 3)
    #expect(statistics.minimum == 1)
    #expect(statistics.spread == (4.0 - 2.0) / 3.0)
  }

  @Test("Between two samples the median is interpolated")
  func ofTwo() {
    #expect(Statistics([1, 2]).median == 1.5)
  }

  @Test("One sample has no spread")
  func ofOne() {
    let statistics = Statistics([7])
    #expect(statistics.median == 7)
    #expect(statistics.spread == 0)
  }

  @Test(
    "A sample has as many runs as it takes to last",
    arguments: [(0.1, 2), (0.2, 1), (1, 1), (0.01, 11)])
  func runs(secondsPerRun: Double, expected: Int) {
    let plan = SamplingPlan(samples: 10, sampleSeconds: 0.1, warmUpSeconds: 0.2)
    #expect(plan.runsPerSample(secondsPerRun: secondsPerRun) == expected)
  }
}
