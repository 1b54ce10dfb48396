import COpenCL
import Lamina

/// A context with one device and an in-order queue: what every other OpenCL object is made with.
final class CommandQueue {
  let device: OpenCLDevice
  let context: cl_context
  let handle: cl_command_queue

  /// Opens a device. The queue does not measure times: that makes launches slower.
  init(_ device: OpenCLDevice) throws(BackendError) {
    var status: cl_int = 0
    var id: cl_device_id? = device.id
    guard let context = clCreateContext(nil, 1, &id, nil, nil, &status) else {
      throw .callFailed(
        call: "clCreateContext", status: Status.name(status), device: device.description.name)
    }
    guard let handle = clCreateCommandQueue(context, device.id, 0, &status) else {
      clReleaseContext(context)
      throw .callFailed(
        call: "clCreateCommandQueue", status: Status.name(status), device: device.description.name)
    }
    self.device = device
    self.context = context
    self.handle = handle
  }

  deinit {
    clReleaseCommandQueue(handle)
    clReleaseContext(context)
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

  /// Waits until all commands have run.
  func finish() throws(BackendError) {
    try check(clFinish(handle), "clFinish")
  }
}
