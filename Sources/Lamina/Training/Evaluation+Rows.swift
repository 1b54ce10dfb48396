extension Evaluation {
  /// The number of examples that a processor evaluates at once. From 96 to 2048 examples, the time
  /// per example hardly differs. With fewer, threads wait for each other more often; with many
  /// more, the values no longer fit into caches (`docs/lab-notebook.md`).
  public static let usualRows = 1000
  /// The most examples that run at once.
  public static let mostRows = 8192
  /// The bytes that the values of more than ``usualRows`` examples may take.
  private static let mostBytes = 64 << 20

  /// The number of examples that evaluations and predictions run at once. No other code decides
  /// this.
  ///
  /// A GPU takes more examples if its memory allows, because each batch costs launches and a wait.
  public static func rows(
    for network: NetworkDescription, on device: DeviceDescription
  ) -> Int {
    guard device.kind != .processor else { return usualRows }
    let valueBytes = MemoryLayout<Float>.stride * network.valueCount
    return max(usualRows, min(mostRows, mostBytes / valueBytes))
  }
}
