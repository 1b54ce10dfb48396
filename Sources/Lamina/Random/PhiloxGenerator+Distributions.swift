import LaminaMath

/// Numbers of a distribution, starting at the current position of the stream. The generator itself
/// does not move.
extension PhiloxGenerator {
  /// Uniform numbers in ±`bound`.
  func uniform(_ count: Int, within bound: Float) -> [Float] {
    var generator = self
    return (0..<count).map { _ in (2 * generator.uniform() - 1) * bound }
  }

  /// Uniform numbers from `low` up to `high`.
  func uniform(_ count: Int, from low: Float, to high: Float) -> [Float] {
    var generator = self
    return (0..<count).map { _ in low + (high - low) * generator.uniform() }
  }

  /// Normal numbers, computed in `Double`.
  func normal(_ count: Int, mean: Float, deviation: Float) -> [Float] {
    var generator = self
    var numbers: [Float] = []
    numbers.reserveCapacity(count + 1)
    while numbers.count < count {
      let pair = generator.normalPair()
      for z in [pair.x, pair.y] { numbers.append(Float(Double(mean) + Double(deviation) * z)) }
    }
    return Array(numbers.prefix(count))
  }

  /// Two independent normal numbers with mean 0 and variance 1, from two words.
  ///
  /// Source: Box and Muller, "A note on the generation of random normal deviates", 1958.
  private mutating func normalPair() -> SIMD2<Double> {
    // The number is in (0, 1], so that the logarithm is finite. The largest magnitude is √(64 ln 2)
    // = 6.66.
    let radius = (-2 * log((Double(nextWord()) + 1) * 0x1p-32)).squareRoot()
    let angle = 2 * .pi * Double(nextWord()) * 0x1p-32
    return radius * SIMD2(cos(angle), sin(angle))
  }
}
