/// What trials of kernels compute with.
enum TrialNumbers {
  /// Whole numbers from -6 to 6 without an obvious pattern.
  static func whole(_ count: Int, seed: Int) -> [Float] {
    (0..<count).map { (index: Int) -> Float in
      let number = index &* 7 &+ index / 11 &+ seed &* 5
      return Float(number % 13 - 6)
    }
  }

  /// Numbers from -0.75 to 0.75.
  static func eighths(_ count: Int, seed: Int) -> [Float] {
    whole(count, seed: seed).map { $0 / 8 }
  }

  /// The first number that is not right by `tolerance`, NaN being wrong.
  static func mismatch(
    _ expected: some Sequence<Double>, _ actual: some Sequence<Float>, tolerance: Double
  ) -> (expected: Float, actual: Float)? {
    for (expected, actual) in zip(expected, actual)
    where !((Double(actual) - expected).magnitude < tolerance) {
      return (Float(expected), actual)
    }
    return nil
  }
}
