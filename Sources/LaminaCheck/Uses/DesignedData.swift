import Lamina
import Synchronization

/// Numbers for checks.
package enum DesignedData {
  /// Whole numbers from -4 to 4 without 0. Sums of a million of their products are exact in
  /// `Float`.
  package static func integers(_ count: Int, seed: UInt64) -> [Float] {
    let key = SIMD2(UInt64(count), seed)
    if let known = known.withLock({ $0[key] }) { return known }
    var generator = Philox(seed: seed).generator()
    let numbers = (0..<count).map { _ in
      let number = Float(generator.uniform(below: 8)) - 4
      return number < 0 ? number : number + 1
    }
    known.withLock { $0[key] = numbers }
    return numbers
  }

  /// The numbers so far. All backends get the same numbers, and making them takes longer than a
  /// product.
  private static let known = Mutex<[SIMD2<UInt64>: [Float]]>([:])

  /// Numbers from `-bound` to `bound`.
  package static func uniform(_ count: Int, bound: Float, seed: UInt64) -> [Float] {
    var generator = Philox(seed: seed).generator()
    return (0..<count).map { _ in (2 * generator.uniform() - 1) * bound }
  }

  /// Labels below `classes`.
  package static func labels(_ count: Int, classes: Int, seed: UInt64) -> [Int32] {
    var generator = Philox(seed: seed).generator()
    return (0..<count).map { _ in Int32(generator.uniform(below: UInt32(classes))) }
  }

  /// Numbers of all magnitudes, including special ones.
  package static func extremes() -> [Float] {
    [
      0, -0.0, 1, -1, 0.5, -0.5, 1e-6, -1e-6, 1e-30, 3.3, -3.3, 0.6249, 0.6251, 20, -20, 87, -87,
      89, -89, 103, -103, 110, -110, 1e4, -1e4, 3e38, -3e38, .infinity, -.infinity, .nan,
    ]
  }
}
