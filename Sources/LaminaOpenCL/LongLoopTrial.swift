import CKernelSources
import Lamina

extension OpenCLBackend {
  /// More rounds than a work-item's loops have in any launch of a training.
  private static let loopRounds = 1 << 20

  /// The first of some long loops that the device did not run to its end.
  func mismatchOfLongLoops() throws(BackendError) -> (expected: Float, actual: Float)? {
    let count = shape.lanes * 2
    let values = try makeIndices([Int32](repeating: 0, count: count))
    try perform(
      .longLoop, macros: [], [.count(Self.loopRounds), .buffer(values.storage)],
      WorkSize(global: (count, 1), local: (shape.lanes, 1)))
    var results = [UInt32](repeating: 0, count: count)
    var span = results.mutableSpan
    var bytes = span.mutableBytes
    try read(values.storage, at: 0, into: &bytes)
    for (start, actual) in results.enumerated() {
      var x = UInt32(start)
      for _ in 0..<Self.loopRounds { x = 1_664_525 &* x &+ 1_013_904_223 }
      if x != actual { return (Float(x), Float(actual)) }
    }
    return nil
  }

  /// Refuses a device that cannot be trusted with any kernel.
  func refuseShortLoops() throws(BackendError) {
    guard let problem = try verdict(on: .longLoop) else { return }
    let isWrong = problem.contains(KernelTrial.longLoop.name) && problem.contains("wrongly")
    throw .deviceRefused(
      device: device.name, driver: "\(device.platform), \(device.driver)",
      reason: (isWrong
        ? "it ends long loops early, so that results would be wrong"
        : "the first kernel that was tried failed: \(problem)")
        + "; another driver, or --device cpu, is the way to go on")
  }
}
