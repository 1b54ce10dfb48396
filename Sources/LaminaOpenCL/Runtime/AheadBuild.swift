import COpenCL
import Glibc

/// A program that another thread builds, while this one waits for something else: the first use of a
/// compiler takes long.
///
/// The thread makes one call of the driver, which it enters while this one waits. So none comes after
/// this one has lost the device.
final class AheadBuild {
  /// The work of the thread. Nobody else touches it before ``take()`` has joined the thread.
  private final class Job: @unchecked Sendable {
    let program: Program
    let options: String
    var status: cl_int = CL_BUILD_PROGRAM_FAILURE

    init(_ program: Program, _ options: String) {
      (self.program, self.options) = (program, options)
    }
  }

  private let job: Job
  private var thread: pthread_t?

  /// - Parameter program: One that is not built yet.
  init(_ program: Program, options: String) { job = Job(program, options) }

  deinit { join() }

  /// Starts the thread.
  func begin() {
    guard thread == nil else { return }
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(job)
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let job = Unmanaged<Job>.fromOpaque(argument).takeUnretainedValue()
        job.status = job.program.build(job.options)
        return nil
      }, argument.toOpaque())
    if status == 0 { self.thread = thread } else { argument.release() }
  }

  /// The program, once it is built; nil where that failed or was never begun.
  func take() -> Program? {
    join()
    return job.status == CL_SUCCESS ? job.program : nil
  }

  private func join() {
    guard let thread else { return }
    pthread_join(thread, nil)
    self.thread = nil
    // The thread's own reference: what it had last would be released by it.
    Unmanaged.passUnretained(job).release()
  }
}
