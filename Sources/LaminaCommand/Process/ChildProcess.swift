import Glibc

/// A child process that runs this program, and that can be killed when it takes too long.
struct ChildProcess {
  /// The way in which a process ended.
  enum Ending: Equatable {
    case exited(code: Int32, message: String, output: String)
    case timedOut
    /// It exceeded its memory limit.
    case tooLarge(bytes: Int)
    /// The parent was asked to stop.
    case interrupted
  }

  /// Runs this program with `arguments` until it ends, `seconds` have passed or `shouldStop`
  /// returns true. The result has all output. The standard input of the child closes when this
  /// process ends.
  ///
  /// - Parameters:
  ///   - memory: The limit of its resident memory, in bytes; nil for none.
  ///   - receive: Receives its standard output as it arrives.
  static func run(
    _ arguments: [String], seconds: Double, memory: Int? = nil, shouldStop: () -> Bool,
    receive: ([UInt8]) -> Void = { _ in }
  ) throws(RunError) -> Ending {
    let (errors, results, life) = (try Pipe(), try Pipe(), try Pipe())
    defer {
      close(errors.reading)
      close(results.reading)
      close(life.writing)
    }
    let started = spawn(
      arguments, input: life.reading, output: results.writing, errors: errors.writing)
    for end in [errors.writing, results.writing, life.reading] { close(end) }
    guard let identifier = started else { throw failure("start another process") }
    let clock = Stopwatch()
    var (message, output): ([UInt8], [UInt8]) = ([], [])
    var status: Int32 = 0
    func readOutput() {
      let bytes = readAll(results.reading)
      if !bytes.isEmpty { receive(bytes) }
      output += bytes
    }
    while true {
      message += readAll(errors.reading)
      readOutput()
      let ended = waitpid(identifier, &status, WNOHANG)
      if ended == identifier { break }
      if clock.seconds > seconds || shouldStop() {
        kill(identifier, SIGKILL)
        waitpid(identifier, &status, 0)
        return shouldStop() ? .interrupted : .timedOut
      }
      if let memory, let used = residentBytes(of: identifier), used > memory {
        kill(identifier, SIGKILL)
        waitpid(identifier, &status, 0)
        return .tooLarge(bytes: used)
      }
      usleep(5000)
    }
    message += readAll(errors.reading)
    readOutput()
    // The number of the signal is in the low bits, the exit code above them.
    let code = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
    return .exited(
      code: code, message: String(decoding: message, as: UTF8.self),
      output: String(decoding: output, as: UTF8.self))
  }

  /// Prepares this process to be a child. A child ignores SIGINT and SIGTERM, which its parent
  /// handles, and ends when its standard input closes, which happens when the parent ends.
  static func liveAsChild() {
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_IGN)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) > 0 {}
        _exit(1)
      }, nil)
  }

  /// A pipe that no other child inherits.
  private struct Pipe {
    let reading, writing: Int32

    init() throws(RunError) {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw failure("make a pipe") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reading, writing) = (ends[0], ends[1])
    }
  }

  /// The resident memory of a process, in bytes.
  private static func residentBytes(of identifier: pid_t) -> Int? {
    guard let file = fopen("/proc/\(identifier)/statm", "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = fread(&bytes, 1, bytes.count, file)
    let words = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
    guard words.count > 1, let pages = Int(words[1]) else { return nil }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  private static func spawn(
    _ arguments: [String], input: Int32, output: Int32, errors: Int32
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var strings = (["lamina"] + arguments).map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var identifier: pid_t = 0
    // This works even if the program's file was moved or deleted.
    let status = posix_spawn(&identifier, "/proc/self/exe", &actions, nil, &strings, environ)
    return status == 0 ? identifier : nil
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while Glibc.poll(&poll, 1, 0) > 0 {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return bytes
  }

  private static func failure(_ action: String) -> RunError {
    RunError("cannot \(action): \(String(cString: strerror(errno)))")
  }
}
