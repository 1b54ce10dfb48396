/// How well probabilities agree with the shares of right answers: the numbers of a reliability
/// diagram, and the expected calibration error.
///
/// Probabilities fall into bins of equal width, bin `m` of `M` from above `(m - 1) / M` to `m / M`.
/// The expected calibration error is `Σ_m |B_m| / n · |share(B_m) - mean probability(B_m)|` (Guo,
/// Pleiss, Sun and Weinberger, *On Calibration of Modern Neural Networks*, 2017, equations 2 to 5).
/// - Classes: an example counts once, with its largest probability, and is right if its label has it.
/// - Labels: each label of an example counts, with its probability, and is right if the example has it.
public struct Reliability: Sendable, Codable, Equatable {
  /// The probabilities of a range.
  public struct Bin: Sendable, Codable, Equatable {
    /// The number of probabilities.
    public fileprivate(set) var count = 0
    fileprivate var sum = 0.0
    fileprivate var right = 0

    /// The mean of the probabilities; nil for none.
    public var meanProbability: Double? { count == 0 ? nil : sum / Double(count) }
    /// The share of right answers among them; nil for none.
    public var share: Double? { count == 0 ? nil : Double(right) / Double(count) }
  }

  /// The number of bins that the literature uses.
  public static let usualBins = 15

  /// The bins, from low to high probabilities.
  public private(set) var bins: [Bin]
  /// The number of probabilities that are no numbers, which belong to no bin.
  public private(set) var undefined = 0

  /// Bins without probabilities.
  public init(bins count: Int = usualBins) { bins = [Bin](repeating: Bin(), count: count) }

  /// Adds a probability, and whether the answer that it belongs to is right.
  public mutating func add(_ probability: Double, isRight: Bool) {
    guard !probability.isNaN else { return undefined += 1 }
    let place = (probability * Double(bins.count)).rounded(.up) - 1
    let bin = Int(min(max(place, 0), Double(bins.count - 1)))
    bins[bin].count += 1
    bins[bin].sum += probability
    bins[bin].right += isRight ? 1 : 0
  }

  /// The number of probabilities in all bins.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// The mean distance of probability and share over the bins, weighted by their sizes, from 0 to 1;
  /// NaN without probabilities, or if one of them is no number.
  public var expectedCalibrationError: Double {
    guard undefined == 0 else { return .nan }
    let distance = bins.reduce(0) { $0 + ($1.sum - Double($1.right)).magnitude }
    return distance / Double(count)
  }
}
