import COpenCL
import Glibc
import Lamina

/// Waits for the device have a deadline: a kernel that never ends must not hold its user for ever.
extension CommandQueue {
  /// Waits until all commands so far have run.
  ///
  /// - Throws: ``BackendError/deviceTimedOut(seconds:device:commands:)`` where that takes longer
  ///   than ``timeout``, ``BackendError/deviceLost(call:status:device:commands:)`` where a command
  ///   failed.
  func wait() throws(BackendError) {
    let event = try marker()
    defer { if !isLost { clReleaseEvent(event) } }
    try wait(for: event)
  }

  /// Waits until an event's command has run: see ``wait()``.
  func wait(for event: cl_event) throws(BackendError) {
    try checkCommand(clFlush(try handle), "clFlush")
    guard let timeout else {
      var event: cl_event? = event
      return try checkCommand(clWaitForEvents(1, &event), "clWaitForEvents")
    }
    if let status = try status(of: event) { return try check(event: status) }
    let signal = Signal()
    let status = clSetEventCallback(
      event, CL_COMPLETE, { _, _, signal in Signal.take(signal)?.post() }, signal.given())
    // The driver keeps the reference until it calls; where it never will, take it back.
    if status != CL_SUCCESS { _ = Signal.take(signal.pointer) }
    if Status.tellsOfLostContext(status) { throw failure("clSetEventCallback", status) }
    let start = ContinuousClock.now
    while true {
      signal.wait(seconds: status == CL_SUCCESS ? 1 : 0.001)
      // Some drivers call late or never: the event itself has the last word.
      if let status = try self.status(of: event) { return try check(event: status) }
      if (ContinuousClock.now - start) / .seconds(1) > timeout { throw loseByTimeout(timeout) }
    }
  }

  /// The status of an ended command: `CL_COMPLETE` or an error; nil if it has not ended.
  private func status(of event: cl_event) throws(BackendError) -> cl_int? {
    var status: cl_int = 0
    try checkCommand(
      clGetEventInfo(
        event, cl_event_info(CL_EVENT_COMMAND_EXECUTION_STATUS), MemoryLayout<cl_int>.size, &status,
        nil), "clGetEventInfo")
    return status > CL_COMPLETE ? nil : status
  }

  /// A command that the device took and could not end has ruined its context, whatever the number.
  private func check(event status: cl_int) throws(BackendError) {
    if status < 0 { throw lose("a command on the device", Status.name(status)) }
  }
}

/// Tells a waiting thread of something, from any other.
private final class Signal {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    semaphore = .allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func post() { sem_post(semaphore) }

  /// Returns after ``post()``, after `seconds`, or earlier.
  func wait(seconds: Double) {
    var end = timespec()
    clock_gettime(CLOCK_REALTIME, &end)
    let nanoseconds = end.tv_nsec + Int(seconds * 1e9)
    end.tv_sec += nanoseconds / 1_000_000_000
    end.tv_nsec = nanoseconds % 1_000_000_000
    sem_timedwait(semaphore, &end)
  }

  /// A reference for a callback, which ``take(_:)`` gets back.
  func given() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static func take(_ pointer: UnsafeMutableRawPointer?) -> Signal? {
    pointer.map { Unmanaged<Signal>.fromOpaque($0).takeRetainedValue() }
  }
}
