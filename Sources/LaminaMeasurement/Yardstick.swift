import Dispatch
import Glibc

/// The current speed of the machine's processor: the time of a fixed amount of arithmetic on all
/// cores, which is independent of the measured work.
///
/// The speed of virtual and shared machines changes by a factor of two within minutes. Times as
/// multiples of this one are comparable even if seconds are not. This code must never change,
/// because stored results are compared as multiples of its time.
package enum Yardstick {
  private static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  /// The vectors of a core: 64 KiB, larger than the first-level cache and smaller than the second.
  private static let count = 1024
  #if DEBUG
    /// Without optimisation, a round takes hundreds of times as long, and results are not compared.
    private static let rounds = 8
  #else
    private static let rounds = 4000
  #endif

  /// The seconds of the fixed work, about ten milliseconds.
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
      // The result must be used, or the compiler removes the work.
      precondition(vectors[count - 1][0] > 0)
    }
  }
}
