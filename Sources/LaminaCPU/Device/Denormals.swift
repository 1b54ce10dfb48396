import CProcessor
import Glibc

/// Subnormal numbers, below 1.2e-38. Arithmetic with them is tens of times slower on many
/// processors, and velocities that decay towards zero would become subnormal.
enum Denormals {
  #if arch(x86_64)
    /// The floating-point environment of a thread. This is only the part that matters here, because
    /// saving the rest takes a hundred nanoseconds.
    typealias Environment = UInt32

    /// Makes this thread read and write subnormal numbers as zero. Returns the old state.
    @discardableResult
    static func flushToZero() -> Environment {
      let before = vectorControl()
      setVectorControl(before | 0x8040)  // FTZ and DAZ
      return before
    }

    /// Restores the state that ``flushToZero()`` returned.
    static func restore(_ environment: Environment) { setVectorControl(environment) }
  #else
    typealias Environment = fenv_t

    @discardableResult
    static func flushToZero() -> Environment {
      var before = fenv_t()
      fegetenv(&before)
      #if arch(arm64)
        var environment = before
        environment.__fpcr |= 1 << 24  // FZ
        fesetenv(&environment)
      #endif
      return before
    }

    static func restore(_ environment: Environment) {
      var environment = environment
      fesetenv(&environment)
    }
  #endif
}
