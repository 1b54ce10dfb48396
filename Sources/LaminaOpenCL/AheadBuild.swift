import Glibc

/// A program that another thread builds, while this one waits for something else: the first use of a
/// compiler takes long.
final class AheadBuild {
  /// What the thread works on; nobody else touches it before ``program()`` has joined the thread.
  private final class Work: @unchecked Sendable {
    let build: () -> Program?
    var program: Program?

    init(_ build: @escaping () -> Program?) { self.build = build }
  }

  private let work: Work
  private var thread: pthread_t?

  /// Starts to build; does nothing where there can be no thread.
  init(_ build: @escaping () -> Program?) {
    work = Work(build)
    let argument = Unmanaged.passRetained(work)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        work.program = work.build()
        return nil
      }, argument.toOpaque())
    if status == 0 { self.thread = thread } else { argument.release() }
  }

  deinit { join() }

  /// What was built, once it is; nil where that failed.
  func program() -> Program? {
    join()
    return work.program
  }

  private func join() {
    guard let thread else { return }
    pthread_join(thread, nil)
    self.thread = nil
  }
}
