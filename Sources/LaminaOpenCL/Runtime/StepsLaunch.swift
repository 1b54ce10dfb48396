import COpenCL
import Lamina

/// A kernel that takes several runs of a list in one launch: runs wait here until there are enough
/// of them, or anything else is asked of the queue.
final class StepsLaunch: HeldSteps {
  private let launch: Launch
  private let values: StepValues
  private var count = 0
  private var fields: [UInt32]

  /// - Parameter launch: Of a kernel whose argument ``argument`` is a structure: the count of the
  ///   steps, then the words of each.
  init(_ launch: Launch, _ values: StepValues) {
    self.launch = launch
    self.values = values
    fields = values.noSteps
  }

  /// The place of the argument.
  static let argument = 0

  /// The kernel's name.
  var name: String { launch.name }

  /// True if it has as many steps as a launch takes.
  var isFull: Bool { count == values.capacity }

  /// Takes a step, which then waits for ``enqueue()``.
  func add(_ arguments: StepArguments) {
    values.write(arguments, to: &fields, at: 1 + count * values.count)
    count += 1
  }

  func enqueue() throws(BackendError) {
    fields[0] = UInt32(count)
    defer { count = 0 }
    try launch.set(cl_uint(Self.argument), to: fields)
    try launch.enqueue(repeating: count)
  }
}

extension StepValues {
  /// The structure without any steps.
  var noSteps: [UInt32] { [UInt32](repeating: 0, count: 1 + capacity * count) }
}
