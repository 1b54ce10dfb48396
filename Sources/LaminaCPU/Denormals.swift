import Glibc

/// Subnormal numbers, below 1.2e-38: arithmetic with them is tens of times slower on many
/// processors, and velocities that fade towards zero would be full of them.
enum Denormals {
  /// Makes this thread read and write subnormal numbers as zero; returns what was in force.
  @discardableResult
  static func flushToZero() -> fenv_t {
    var before = fenv_t()
    fegetenv(&before)
    #if arch(x86_64)
      var environment = before
      environment.__mxcsr |= 0x8040  // FTZ and DAZ
      fesetenv(&environment)
    #elseif arch(arm64)
      var environment = before
      environment.__fpcr |= 1 << 24  // FZ
      fesetenv(&environment)
    #endif
    return before
  }

  /// Goes back to what ``flushToZero()`` returned.
  static func restore(_ environment: fenv_t) {
    var environment = environment
    fesetenv(&environment)
  }
}
