import Glibc

/// A child process that answers lines by lines.
final class ChildConversation {
  enum Outcome {
    case answer(String)
    case tooLate
    /// With its code or signal.
    case ended(how: String)
  }

  private let identifier: pid_t
  private let input: Int32
  private let output: Int32
  private var received: [UInt8] = []
  private var isOver = false
  private var sent = ContinuousClock.now

  /// Starts a program; nil where that fails, with the reason in `errno`.
  init?(_ arguments: [String]) {
    var (toChild, fromChild): ([Int32], [Int32]) = ([0, 0], [0, 0])
    guard pipe(&toChild) == 0 else { return nil }
    guard pipe(&fromChild) == 0 else {
      for end in toChild { close(end) }
      return nil
    }
    for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    // Messages of compilers come back as the answer.
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    // Ctrl-C is for the parent to deal with, which ends this one.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var strings = arguments.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var identifier: pid_t = 0
    let status = posix_spawn(&identifier, arguments[0], &actions, &attributes, &strings, environ)
    close(toChild[0])
    close(fromChild[1])
    guard status == 0 else {
      close(toChild[1])
      close(fromChild[0])
      errno = status
      return nil
    }
    (self.identifier, input, output) = (identifier, toChild[1], fromChild[0])
  }

  deinit { end() }

  /// Writes a line. A child that is gone has ended when its answer is asked for.
  func send(_ line: String) {
    // It must not end this process by SIGPIPE.
    let handler = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, handler) }
    let bytes = Array("\(line)\n".utf8)
    _ = write(input, bytes, bytes.count)
    sent = ContinuousClock.now
  }

  /// Waits for a line that begins with ``TrialServer/mark``, so many seconds from ``send(_:)`` or from
  /// the answer before on.
  func answer(seconds: Double) -> Outcome {
    let start = sent
    while true {
      while let line = nextLine() {
        if line.hasPrefix(TrialServer.mark) {
          // The next trial has its time from now on.
          sent = ContinuousClock.now
          return .answer(String(line.dropFirst(TrialServer.mark.count)))
        }
      }
      let left = seconds - (ContinuousClock.now - start) / .seconds(1)
      guard left > 0 else {
        kill(identifier, SIGKILL)
        end()
        return .tooLate
      }
      var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, Int32(min(left, 3600) * 1000) + 1) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(output, &buffer, buffer.count)
      if count <= 0 { return .ended(how: end()) }
      received += buffer[..<count]
    }
  }

  private func nextLine() -> String? {
    guard let end = received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { received.removeSubrange(...end) }
    return String(decoding: received[..<end], as: UTF8.self)
  }

  /// Closes the child's input, which ends it, and tells how it ended.
  @discardableResult
  func end() -> String {
    guard !isOver else { return "before" }
    isOver = true
    close(input)
    close(output)
    var status: Int32 = 0
    // One that does not end by itself within two seconds has nothing to lose.
    var rounds = 0
    while waitpid(identifier, &status, WNOHANG) == 0 {
      rounds += 1
      if rounds == 400 { kill(identifier, SIGKILL) }
      usleep(5000)
    }
    let signal = status & 0x7f
    return signal == 0 ? "code \(status >> 8 & 0xff)" : "signal \(signal)"
  }
}
