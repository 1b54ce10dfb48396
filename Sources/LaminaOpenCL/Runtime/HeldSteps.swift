import Lamina

/// Steps that wait for others to go with them in a launch.
protocol HeldSteps: AnyObject {
  /// True if a launch takes no more.
  var isFull: Bool { get }
  /// Enqueues the steps that wait.
  func enqueue() throws(BackendError)
}
