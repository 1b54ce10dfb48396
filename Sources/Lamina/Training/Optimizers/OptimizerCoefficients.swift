/// The numbers of an optimiser's formula in a step, in the formula's order.
///
/// They are stored in the value itself, so that a training step allocates no memory for them.
public struct OptimizerCoefficients: Sendable, Hashable, ExpressibleByArrayLiteral {
  /// The largest number of coefficients.
  public static let most = 8

  /// Zero beyond ``count``.
  private var values = SIMD8<Float>()
  /// The number of coefficients.
  public let count: Int

  /// Stores at most ``most`` numbers.
  public init(arrayLiteral numbers: Float...) {
    precondition(numbers.count <= Self.most, "a formula takes at most \(Self.most) coefficients")
    count = numbers.count
    for (index, number) in numbers.enumerated() { values[index] = number }
  }

  /// Calls `body` with the bytes of the numbers.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    Swift.withUnsafeBytes(of: values) { bytes in
      body(UnsafeRawBufferPointer(rebasing: bytes[..<(count * MemoryLayout<Float>.stride)]))
    }
  }
}

extension OptimizerCoefficients: RandomAccessCollection {
  /// The index of the first number.
  public var startIndex: Int { 0 }
  /// The index after the last number.
  public var endIndex: Int { count }

  /// A number.
  public subscript(index: Int) -> Float {
    precondition(indices.contains(index))
    return values[index]
  }
}
