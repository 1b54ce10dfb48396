/// Rises from `1 / startDivisor` of the learning rate to the full rate in the first `rise` of the
/// steps, then falls to `1 / (startDivisor · endDivisor)`. Both follow half a period of the cosine.
///
/// This is PyTorch's `OneCycleLR` with two phases and without a cycle of the momentum; the
/// optimiser's learning rate is its `max_lr`. Source: Smith and Topin, "Super-convergence", 2018.
public struct OneCycle: Sendable, Hashable, Codable {
  /// The share of the steps in which the rate rises, in `0 ... 1`.
  public var rise: Double
  /// The greatest rate over the first.
  public var startDivisor: Double
  /// The first rate over the last.
  public var endDivisor: Double

  /// PyTorch's defaults unless told otherwise.
  public init(rise: Double = 0.3, startDivisor: Double = 25, endDivisor: Double = 1e4) {
    self.rise = rise
    self.startDivisor = startDivisor
    self.endDivisor = endDivisor
  }

  /// The factor of a step, counted from 1, of `steps` in all.
  func factor(step: Int, of steps: Int) -> Double {
    let position = Double(min(step, steps) - 1)
    let top = rise * Double(steps) - 1
    let end = Double(steps - 1)
    if position <= top {
      // A rise of one step starts at the top.
      return cosine(from: 1 / startDivisor, to: 1, at: top == 0 ? 1 : position / top)
    }
    return cosine(from: 1, to: 1 / (startDivisor * endDivisor), at: (position - top) / (end - top))
  }

  func validate() throws(NetworkError) {
    try require(
      rise >= 0 && rise <= 1, "the share of steps in which one cycle rises", is: rise,
      wanted: "from 0 to 1")
    for (name, divisor) in [("start", startDivisor), ("end", endDivisor)] {
      try require(
        divisor.isFinite && divisor >= 1, "the \(name) divisor of one cycle", is: divisor,
        wanted: "1 or more")
    }
  }
}
