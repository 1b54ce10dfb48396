import Glibc

/// Clears new memory part by part, each on the thread that will as a rule compute that part of results.
///
/// The system takes a page from the node whose thread writes to it first. Cleared by one thread, all
/// weights and activations would lie at its node, and the threads of all others would go there.
final class FirstTouch {
  private let team: ThreadTeam
  private let parts, members: Int
  private let tasks: PreparedTasks
  private let target: Target

  /// The memory that is being cleared, which all threads read.
  private final class Target {
    var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  }

  /// The bytes that the system takes from a node at once.
  static let page = sysconf(Int32(_SC_PAGESIZE))

  /// - Parameters:
  ///   - team: The threads, each of which stays at a node.
  ///   - parts: The most parts that work is cut into.
  ///   - members: The threads that take part in most runs.
  init(_ team: ThreadTeam, parts: Int, members: Int) {
    self.team = team
    self.parts = parts
    self.members = members
    let target = Target()
    self.target = target
    let task = CPUTask("FirstTouch", work: 0, rows: parts, size: .bytes(0)) { part in
      let all = target.bytes
      let own = UnsafeMutableRawBufferPointer(rebasing: all[Self.part(part, of: all.count)])
      if let start = own.baseAddress { memset(start, 0, own.count) }
    }
    tasks = PreparedTasks([task], phases: [0..<1])
  }

  /// Sets bytes to zero. Memory without a page for each part is not worth the threads' time.
  func clear(_ bytes: UnsafeMutableRawBufferPointer) {
    guard bytes.count >= parts * Self.page else { return CPUBuffer.clear(bytes) }
    target.bytes = bytes
    team.run(tasks, parts: parts, members: members)
  }

  /// The bytes of a part, as many as fill pages but for the end.
  static func part(_ part: CPUTask.Part, of count: Int) -> Range<Int> {
    let pages = part.rows(of: (count + page - 1) / page)
    return min(pages.lowerBound * page, count)..<min(pages.upperBound * page, count)
  }
}
