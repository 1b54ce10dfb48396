import Glibc

/// Another run of this program, which can be ended when it takes too long.
struct ChildProcess {
  /// How it came to an end.
  enum Ending: Equatable {
    case exited(code: Int32, message: String)
    case timedOut
    /// The parent was asked to end.
    case interrupted
  }

  /// Runs this program with `arguments` until it ends, `seconds` are over or `shouldStop` says so.
  /// Its standard error is kept; its standard output is thrown away.
  static func run(
    _ arguments: [String], seconds: Double, shouldStop: () -> Bool
  ) throws(RunError) -> Ending {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw failure("make a pipe") }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    let started = spawn(arguments, errors: ends[1])
    close(ends[1])
    guard let identifier = started else { throw failure("start another process") }
    let clock = Stopwatch()
    var message: [UInt8] = []
    var status: Int32 = 0
    while true {
      message += readAll(ends[0])
      let ended = waitpid(identifier, &status, WNOHANG)
      if ended == identifier { break }
      if clock.seconds > seconds || shouldStop() {
        kill(identifier, SIGKILL)
        waitpid(identifier, &status, 0)
        return shouldStop() ? .interrupted : .timedOut
      }
      usleep(5000)
    }
    message += readAll(ends[0])
    // The number of the signal is in the low bits, the exit code above them.
    let code = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    return .exited(code: code, message: String(decoding: message, as: UTF8.self))
  }

  private static func spawn(_ arguments: [String], errors: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var strings = (["lamina"] + arguments).map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var identifier: pid_t = 0
    // The program that runs, wherever its file has gone.
    let status = posix_spawn(
      &identifier, "/proc/self/exe", &actions, nil, &strings, environ)
    return status == 0 ? identifier : nil
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return bytes }
      bytes += buffer.prefix(count)
    }
  }

  private static func failure(_ action: String) -> RunError {
    RunError("cannot \(action): \(String(cString: strerror(errno)))")
  }
}
