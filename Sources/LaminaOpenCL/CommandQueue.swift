import COpenCL
import Lamina

/// A context with one device and an in-order queue: what every other OpenCL object is made with.
final class CommandQueue {
  let device: OpenCLDevice
  let context: cl_context
  private let queue: cl_command_queue
  /// Steps that wait for others to go with them.
  private var held: StepsLaunch?
  /// Measures commands; nil where nothing is measured.
  let events: EventProfile?

  /// Opens a device. The queue measures times only for a profile: that makes launches slower.
  init(_ device: OpenCLDevice, profile: Profile? = nil) throws(BackendError) {
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
    self.context = context
    queue = handle
    events = profile.map(EventProfile.init)
  }

  deinit {
    clReleaseCommandQueue(queue)
    clReleaseContext(context)
  }

  /// The queue, at whose end are all commands so far.
  var handle: cl_command_queue {
    get throws(BackendError) {
      try release()
      return queue
    }
  }

  /// Keeps a launch back until something else is asked of the queue.
  func hold(_ launch: StepsLaunch) throws(BackendError) {
    if held === launch { return }
    try release()
    held = launch
  }

  /// Enqueues what is held back.
  func release() throws(BackendError) {
    guard let launch = held else { return }
    held = nil
    try launch.enqueue()
  }

  /// Throws when a call did not succeed.
  func check(
    _ status: cl_int, _ call: @autoclosure () -> String
  ) throws(BackendError) {
    if status != CL_SUCCESS { throw failure(call(), Status.name(status)) }
  }

  /// The error for a failed call.
  func failure(_ call: String, _ status: String) -> BackendError {
    .callFailed(call: call, status: status, device: device.description.name)
  }

  /// An event that ends when all commands so far have run.
  func marker() throws(BackendError) -> cl_event {
    var event: cl_event?
    let status = clEnqueueMarkerWithWaitList(try handle, 0, nil, &event)
    guard status == CL_SUCCESS, let event else {
      throw failure("clEnqueueMarkerWithWaitList", Status.name(status))
    }
    return event
  }

  /// Waits until all commands have run.
  func finish() throws(BackendError) {
    try check(clFinish(try handle), "clFinish")
    try events?.collect(self)
  }

  /// Leaves what is enqueued from now on out of the profile, or takes it in again.
  func pauseProfile(_ isPaused: Bool) throws(BackendError) {
    guard let events else { return }
    try finish()
    events.isPaused = isPaused
  }
}
