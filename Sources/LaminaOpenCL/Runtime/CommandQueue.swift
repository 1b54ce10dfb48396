import COpenCL
import Lamina

/// A context with one device and an in-order queue: what every other OpenCL object is made with, and
/// keeps alive.
///
/// After a fatal error the context is lost: whatever is asked of it throws, and nothing is released,
/// since drivers crash on calls after that.
final class CommandQueue {
  let device: OpenCLDevice
  private let liveContext: cl_context
  private let liveQueue: cl_command_queue
  /// Measures commands; nil where nothing is measured.
  let events: EventProfile?
  /// Seconds that a wait may take; nil for as long as it takes.
  let timeout: Double?
  /// True if a launch that the driver refuses speaks against the kernel alone, and the context is
  /// as good as before: so it is for kernels that ask for too much.
  var forgivesRefusals = false
  /// The error that ended the context.
  private var loss: BackendError?
  private var recent = RecentCommands()

  /// Opens a device. The queue measures times only for a profile: that makes launches slower.
  init(
    _ device: OpenCLDevice, profile: Profile? = nil, timeout: Double? = nil
  ) throws(BackendError) {
    var status: cl_int = 0
    var id: cl_device_id? = device.id
    guard let context = clCreateContext(nil, 1, &id, nil, nil, &status) else {
      throw .callFailed(
        call: "clCreateContext", status: Status.name(status), device: device.description.name)
    }
    let properties = profile == nil ? 0 : cl_command_queue_properties(CL_QUEUE_PROFILING_ENABLE)
    guard let handle = clCreateCommandQueue(context, device.id, properties, &status) else {
      clReleaseContext(context)
      throw .callFailed(
        call: "clCreateCommandQueue", status: Status.name(status), device: device.description.name)
    }
    self.device = device
    self.timeout = timeout
    liveContext = context
    liveQueue = handle
    events = profile.map(EventProfile.init)
  }

  deinit {
    if isLost { return }
    events?.release()
    clReleaseCommandQueue(liveQueue)
    clReleaseContext(liveContext)
  }

  /// The context, unless it is lost.
  var context: cl_context {
    get throws(BackendError) {
      if let loss { throw loss }
      return liveContext
    }
  }

  /// The queue, unless it is lost.
  var handle: cl_command_queue {
    get throws(BackendError) {
      if let loss { throw loss }
      return liveQueue
    }
  }

  // MARK: Errors

  /// True if no call of the driver may be made any more, releases included.
  var isLost: Bool { loss != nil }

  /// Notes a command, for the message of an error that comes later.
  func note(_ command: String) { recent.add(command) }

  /// Throws when a call that enqueues nothing did not succeed.
  func check(
    _ status: cl_int, _ call: @autoclosure () -> String
  ) throws(BackendError) {
    if status != CL_SUCCESS { throw failure(call(), status) }
  }

  /// The error for a call that enqueues nothing. It finds the context lost where an earlier command
  /// has ruined it, which only such a status tells.
  func failure(_ call: String, _ status: cl_int) -> BackendError {
    Status.tellsOfLostContext(status) && !forgivesRefusals
      ? lose(call, Status.name(status)) : failure(call, Status.name(status))
  }

  /// Throws when a command, or a wait for commands, did not succeed. The context is lost then,
  /// where the status says so.
  func checkCommand(
    _ status: cl_int, _ call: @autoclosure () -> String
  ) throws(BackendError) {
    if status == CL_SUCCESS { return }
    guard Status.endsContext(status) else { throw failure(call(), Status.name(status)) }
    throw lose(call(), Status.name(status))
  }

  /// The same for a kernel's launch.
  func checkLaunch(_ status: cl_int, _ call: @autoclosure () -> String) throws(BackendError) {
    if forgivesRefusals { try check(status, call()) } else { try checkCommand(status, call()) }
  }

  /// Ends the context.
  func lose(_ call: String, _ status: String) -> BackendError {
    lose(
      .deviceLost(
        call: call, status: status, device: device.description.name, commands: recent.list))
  }

  /// Ends the context after a wait that took too long.
  func loseByTimeout(_ seconds: Double) -> BackendError {
    lose(
      .deviceTimedOut(
        seconds: seconds, device: device.description.name, commands: recent.list))
  }

  private func lose(_ error: BackendError) -> BackendError {
    loss = error
    LostDevices.shared.note()
    return error
  }

  /// The error for a failed call.
  func failure(_ call: String, _ status: String) -> BackendError {
    .callFailed(call: call, status: status, device: device.description.name)
  }

  // MARK: Order

  /// An event that ends when all commands so far have run.
  func marker() throws(BackendError) -> cl_event {
    var event: cl_event?
    let status = clEnqueueMarkerWithWaitList(try handle, 0, nil, &event)
    try checkCommand(status, "clEnqueueMarkerWithWaitList")
    guard let event else { throw failure("clEnqueueMarkerWithWaitList", "no event") }
    return event
  }

  /// Waits until all commands have run, and takes their times.
  func finish() throws(BackendError) {
    try wait()
    try checkCommand(clFinish(try handle), "clFinish")
    try events?.collect(self)
  }

  /// Leaves what is enqueued from now on out of the profile, or takes it in again.
  func pauseProfile(_ isPaused: Bool) throws(BackendError) {
    guard let events else { return }
    try finish()
    events.isPaused = isPaused
  }
}
