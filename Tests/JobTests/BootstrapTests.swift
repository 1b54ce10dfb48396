import Lamina
import LaminaMeasurement
import Testing

@Suite("Bootstrap intervals") struct BootstrapTests {
  @Test("Equal samples leave no doubt")
  func equal() {
    #expect(Bootstrap.interval([[2, 2, 2, 2]]) == Interval(2, 2))
    #expect(Bootstrap.ratioInterval([[3, 3, 3]], to: [[2, 2]]) == Interval(1.5, 1.5))
  }

  @Test("The same samples give the same interval")
  func repeats() {
    let samples = noisySamples(center: 1, seed: 5)
    #expect(Bootstrap.interval([samples]) == Bootstrap.interval([samples]))
    #expect(Bootstrap.interval([samples], seed: 2) != Bootstrap.interval([samples]))
  }

  @Test("About 95 of 100 intervals hold the true median")
  func coverage() {
    // Uniform numbers in 1 ..< 1.1 have the median 1.05.
    let held = (0..<100).count {
      Bootstrap.interval([noisySamples(center: 1, seed: UInt64($0))]).contains(1.05)
    }
    // If each holds it with 95 %, fewer than 87 of 100 have a probability below 0.1 %.
    #expect((87...100).contains(held))
    #expect(held < 100, "intervals so wide that they always hold the median say nothing")
  }

  @Test("Runs that differ make the interval as wide as they are apart")
  func groups() {
    let (slow, fast) = (noisySamples(center: 2, seed: 1), noisySamples(center: 1, seed: 2))
    let interval = Bootstrap.interval([slow, fast])
    #expect(interval.lower < 1.1 && interval.upper > 2)
  }
}
