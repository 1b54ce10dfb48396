import Lamina

/// What the compute units of a GPU do, as far as the time of a product depends on it.
///
/// OpenCL tells the number of units, their clock and the local memory of a group. The rest is of the
/// GPUs of 2017 to 2023, which differ by less than the ways to compute a product do.
struct UnitRates: Hashable, Sendable {
  var units: Int
  /// Cycles in a second.
  var clock = 1.5e9
  /// Multiplications with their additions of a unit in a cycle.
  var multiplications = 128.0
  /// The share of reads of local memory that multiplications wait for. With this, the estimate has 52
  /// TFLOP/s for cuBLAS's 51.7 with 4096^3 on an H100, whose instructions are taken to be multiplications to
  /// 93 %, and 42 for the 41.8 of a plain kernel with three quarters of its cycles in local memory.
  var localWaits = 0.4
  /// Registers of a unit, and its bytes of local memory.
  var registers = 65536
  var localMemory = 96 << 10
  /// Bytes that a unit reads in a cycle from its local memory, from a cache of its own, from the cache of
  /// all units, and from memory.
  var localBytes = 128.0
  var nearBytes = 32.0
  var cacheBytes = 20.0
  var memoryBytes = 12.0
  /// Cycles until a number from the cache of all units is there, and of a barrier in a group.
  var latency = 600.0
  var barrier = 60.0
  /// Seconds of a launch among others, of which hosts spend most, and those that the device itself
  /// needs between two.
  var launch = 5e-6
  var gap = 1.5e-6

  /// - Parameters:
  ///   - units: As OpenCL counts them.
  ///   - clock: In MHz; nil where the device does not tell.
  ///   - isNVIDIA: Units of other makers have half the arithmetic and less local memory.
  init(units: Int, clock: Int?, isNVIDIA: Bool) {
    self.units = units
    if let clock { self.clock = Double(clock) * 1e6 }
    if !isNVIDIA { (multiplications, localMemory) = (64, 64 << 10) }
  }

  /// Cycles of `count` groups on the fullest unit, which runs up to `resident` side by side.
  func cycles(groups count: Int, resident: Int, _ round: (Int) -> Double) -> Double {
    let most = count.divided(by: units)
    let resident = max(1, min(resident, most))
    let rest = most % resident
    return Double(most / resident) * round(resident) + (rest > 0 ? round(rest) : 0)
  }
}
