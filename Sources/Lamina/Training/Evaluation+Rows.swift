extension Evaluation {
  /// The examples that a processor runs at once.
  ///
  /// From 96 to 2048 of them, the time for an example hardly differs: fewer make threads wait for
  /// each other more often, and the values of many more leave the caches (`docs/lab-notebook.md`).
  public static let usualRows = 1000
  /// The most examples that run at once.
  public static let mostRows = 8192
  /// The bytes that the values of more than ``usualRows`` examples may take.
  private static let mostBytes = 64 << 20

  /// The examples that evaluations and predictions run at once: the only place that knows.
  ///
  /// A GPU takes more where it has room, since each batch costs it launches and a wait.
  public static func rows(
    for network: NetworkDescription, on device: DeviceDescription
  ) -> Int {
    guard device.kind != .processor else { return usualRows }
    let valueBytes = MemoryLayout<Float>.stride * network.valueCount
    return max(usualRows, min(mostRows, mostBytes / valueBytes))
  }
}
