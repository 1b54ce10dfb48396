import Dispatch
import Glibc

/// How fast the machine's processor is at the moment: the time of a fixed amount of arithmetic on
/// all cores, that has nothing in common with what is measured.
///
/// Virtual machines and shared ones change their speed by a factor of two within minutes. Times as
/// multiples of this one compare where seconds do not. It must never change, for results that have
/// been kept are multiples of it.
package enum Yardstick {
  private static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  /// Vectors of a core, 64 KiB: beyond the first cache and within the second.
  private static let count = 1024
  #if DEBUG
    /// Without optimisation a round takes hundreds of times as long, and nothing compares with it.
    private static let rounds = 8
  #else
    private static let rounds = 4000
  #endif

  /// Seconds of the fixed work, some ten milliseconds.
  package static func seconds() -> Double {
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: cores) { _ in work() }
    return start.secondsToNow
  }

  private static func work() {
    withUnsafeTemporaryAllocation(of: SIMD16<Float>.self, capacity: count) { vectors in
      vectors.initialize(repeating: SIMD16(repeating: 1))
      for _ in 0..<rounds {
        for index in 0..<count {
          vectors[index] = vectors[index] * 0.75 + 0.25
        }
      }
      // Somebody must want the result, or the compiler leaves the work out.
      precondition(vectors[count - 1][0] > 0)
    }
  }
}
