import COpenCL
import Lamina

/// Reads the times of commands from their events, some thousand at a time, into a profile.
final class EventProfile {
  private struct Pending {
    let work: Profile.Work
    /// The number of times that it does that.
    let count: Int
    /// The command, or the last one of several.
    let event: cl_event
    /// Ends where the first of several commands may begin; nil where the command is one.
    let marker: cl_event?
  }

  /// More events than this are a load for drivers.
  private static let most = 4096

  private let profile: Profile
  private var pending: [Pending] = []
  /// True if commands are not measured.
  var isPaused = false

  init(_ profile: Profile) { self.profile = profile }

  /// Takes over an event and, where several commands belong together, a marker before the first.
  ///
  /// - Parameter count: The number of times that the command does the work.
  func add(
    _ work: Profile.Work, repeated count: Int = 1, _ event: cl_event, since marker: cl_event? = nil,
    on queue: CommandQueue
  ) throws(BackendError) {
    pending.append(Pending(work: work, count: count, event: event, marker: marker))
    if pending.count >= Self.most { try queue.finish() }
  }

  /// Reads the times of all commands, which have run.
  func collect(_ queue: CommandQueue) throws(BackendError) {
    defer { if !queue.isLost { release() } }
    if isPaused { return }
    for item in pending {
      let end = try Self.time(of: item.event, CL_PROFILING_COMMAND_END, queue)
      let start =
        if let marker = item.marker {
          try Self.time(of: marker, CL_PROFILING_COMMAND_END, queue)
        } else {
          try Self.time(of: item.event, CL_PROFILING_COMMAND_START, queue)
        }
      profile.add(item.work, repeated: item.count, start: start, seconds: max(0, end - start))
    }
  }

  /// Forgets commands that have not been read.
  func release() {
    for item in pending {
      clReleaseEvent(item.event)
      if let marker = item.marker { clReleaseEvent(marker) }
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// A time of an event in seconds of the device's clock, which counts nanoseconds.
  private static func time(
    of event: cl_event, _ what: Int32, _ queue: CommandQueue
  ) throws(BackendError) -> Double {
    var nanoseconds: cl_ulong = 0
    try queue.check(
      clGetEventProfilingInfo(
        event, cl_profiling_info(what), MemoryLayout<cl_ulong>.size, &nanoseconds, nil),
      "clGetEventProfilingInfo")
    return Double(nanoseconds) / 1e9
  }
}
