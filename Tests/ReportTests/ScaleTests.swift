import Testing

@testable import LaminaReport

@Suite("Scales") struct ScaleTests {
  @Test("Ticks are multiples of 1, 2 or 5 times a power of ten, and hold the values")
  func linear() {
    #expect(Scale(.linear, holding: [0, 10]).ticks == [0, 2, 4, 6, 8, 10])
    #expect(Scale(.linear, holding: [0.5, 1.4]).ticks == [0.4, 0.6, 0.8, 1, 1.2, 1.4].map { $0 })
    #expect(Scale(.linear, holding: [-3, 4]).ticks == [-4, -2, 0, 2, 4])
    #expect(Scale(.linear, holding: [3, 4], includingZero: true).ticks.first == 0)
    #expect(Scale(.linear, holding: [1, 3], leastStep: 1).ticks == [1, 2, 3])
  }

  @Test("Values that are all alike, infinite or missing still give a scale")
  func degenerate() {
    for values in [[], [0], [5], [-2, -2], [.nan, .infinity], [1e300, 1e300], [1e-300]] {
      let scale = Scale(.linear, holding: values)
      #expect(scale.ticks.count >= 2 && scale.ticks.count < 100, "\(values)")
      #expect(scale.bounds.lowerBound < scale.bounds.upperBound)
      let logarithmic = Scale(.logarithmic, holding: values)
      #expect(logarithmic.bounds.lowerBound < logarithmic.bounds.upperBound, "\(values)")
    }
    #expect(Scale(.linear, holding: [0, 1]).position(.nan) == nil)
    #expect(Scale(.logarithmic, holding: [1, 10]).position(0) == nil)
  }

  @Test("Positions go from 0 to 1, on logarithmic scales by ratios")
  func positions() {
    let linear = Scale(.linear, holding: [0, 10])
    #expect(linear.position(0) == 0 && linear.position(5) == 0.5 && linear.position(10) == 1)
    let logarithmic = Scale(.logarithmic, holding: [1, 10_000])
    #expect(logarithmic.ticks == [1, 10, 100, 1000, 10_000])
    #expect(abs((logarithmic.position(100) ?? 0) - 0.5) < 1e-12)
    #expect(
      Scale(.logarithmic, holding: [16, 1024], ticks: [16, 64, 1024]).ticks == [16, 64, 1024])
  }

  @Test(
    "Numbers are short and can be told apart",
    arguments: [
      (0.0, "0"), (0.25, "0.25"), (1500, "1.5k"), (20_000_000, "20M"), (1e-5, "1e-5"),
      (0.0035, "0.0035"), (999_999, "1M"), (-2, "-2"), (1e12, "1T"),
    ])
  func numbers(value: Double, text: String) {
    #expect(Number.short(value) == text)
  }
}
