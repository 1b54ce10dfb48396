import COpenCL
import Lamina

/// A kernel that takes several training steps in one launch: steps wait here until there are enough
/// of them, or anything else is asked of the queue.
final class StepsLaunch {
  /// `STEPS` in the kernel.
  static let capacity = 64

  private let launch: Launch
  private let learningRate: Float
  private var count: UInt32 = 0
  private var fields: [UInt32]

  /// - Parameter launch: Of a kernel whose argument ``argument`` is a structure: the count of the
  ///   steps, then where the batch of each begins, then the learning rate of each.
  init(_ launch: Launch, learningRate: Float) {
    self.launch = launch
    self.learningRate = learningRate
    fields = Self.noSteps
  }

  /// The place of the argument.
  static let argument = 1
  /// Its value before there are any steps.
  static var noSteps: [UInt32] { [UInt32](repeating: 0, count: 1 + 2 * capacity) }

  /// The kernel's name.
  var name: String { launch.name }

  /// True if it has as many steps as a launch takes.
  var isFull: Bool { count == Self.capacity }

  /// Takes a step, which then waits for ``enqueue()``.
  func add(_ arguments: StepArguments) {
    fields[1 + Int(count)] = UInt32(arguments.firstIndex)
    fields[1 + Self.capacity + Int(count)] =
      (learningRate * arguments.learningRateFactor).bitPattern
    count += 1
  }

  /// Enqueues the steps that wait.
  func enqueue() throws(BackendError) {
    fields[0] = count
    defer { count = 0 }
    try launch.set(cl_uint(Self.argument), to: fields)
    try launch.enqueue(repeating: Int(count))
  }
}
