/// What trials of kernels compute with.
enum TrialNumbers {
  /// Whole numbers from -6 to 6 without an obvious pattern.
  static func whole(_ count: Int, seed: Int) -> [Float] {
    (0..<count).map { (index: Int) -> Float in
      let number = index &* 7 &+ index / 11 &+ seed &* 5
      return Float(number % 13 - 6)
    }
  }
}
