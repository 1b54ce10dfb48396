/// Keeps the host at most two groups of steps ahead of the device. So the reported progress is
/// accurate, interrupts are handled soon, and the queue of the device stays short without running
/// empty.
struct Pacer<B: Backend> {
  /// The number of examples that the device is known to have seen.
  private(set) var examplesDone = 0

  private let backend: B
  private var groupSize = 1
  private var stepsInGroup = 0
  private var groupStart = ContinuousClock.now
  private var pending: (mark: B.Mark, examples: Int)?

  init(_ backend: B) { self.backend = backend }

  /// Counts a step. Returns true at the end of a group, after waiting for the group before it.
  mutating func stepEnqueued(examples: Int) throws(BackendError) -> Bool {
    stepsInGroup += 1
    guard stepsInGroup == groupSize else { return false }
    let mark = try backend.mark()
    if let pending {
      try backend.wait(for: pending.mark)
      examplesDone = pending.examples
    }
    pending = (mark, examples)
    let now = ContinuousClock.now
    if now - groupStart < .milliseconds(20) { groupSize *= 2 }
    groupStart = now
    stepsInGroup = 0
    return true
  }
}
