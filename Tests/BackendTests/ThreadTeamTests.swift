import Glibc
import Testing

@testable import LaminaCPU

/// That threads run each part of each phase once, and no phase before the one that it waits for,
/// whichever job follows which.
@Suite struct ThreadTeamTests {
  /// A list of two phases that counts its parts.
  private final class Counted {
    static let parts = 4
    let tasks: PreparedTasks
    private let counts: UnsafeMutablePointer<Int>
    /// Parts of the second phase that saw an unfinished first one.
    private let early: UnsafeMutablePointer<Int>

    init() {
      counts = .allocate(capacity: 2 * Self.parts)
      counts.initialize(repeating: 0, count: 2 * Self.parts)
      early = .allocate(capacity: Self.parts)
      early.initialize(repeating: 0, count: Self.parts)
      let (counts, early) = (counts, early)
      func task(_ body: @escaping (CPUTask.Part) -> Void) -> CPUTask {
        CPUTask("Counting", work: 1, rows: Self.parts, size: .bytes(0), body: body)
      }
      tasks = PreparedTasks(
        [
          task { counts[$0.number] += 1 },
          task { part in
            for other in 0..<part.count where counts[other] <= counts[Self.parts + part.number] {
              early[part.number] += 1
            }
            counts[Self.parts + part.number] += 1
          },
        ], phases: [0..<1, 1..<2])
    }

    deinit {
      counts.deallocate()
      early.deallocate()
    }

    /// Expects that the parts below `parts` ran once since the last call, and the others not at all.
    func check(_ parts: Int, _ comment: Comment) {
      for index in 0..<2 * Self.parts {
        #expect(counts[index] == (index % Self.parts < parts ? 1 : 0), comment)
        counts[index] = 0
      }
      for part in 0..<Self.parts { #expect(early[part] == 0, comment) }
    }
  }

  @Test(arguments: 1...4)
  func everyPartOfEveryPhaseRunsOnce(threads: Int) {
    let team = ThreadTeam(count: threads)
    let lists = [Counted(), Counted()]
    for run in 0..<3000 {
      // Several runs of one job in a row, then another list, or the same cut otherwise.
      let counted = lists[run / 7 % 2]
      let parts = 1 + run / 3 % threads
      team.run(counted.tasks, parts: parts)
      counted.check(parts, "run \(run) in \(parts) parts on \(threads) threads")
    }
  }

  /// Fewer threads than parts, and threads that sleep since they have been left out for long.
  @Test(arguments: 2...4)
  func threadsMayBeLeftOut(threads: Int) {
    let team = ThreadTeam(count: threads, parts: Counted.parts)
    let counted = Counted()
    for run in 0..<3000 {
      let members = 1 + run / 200 % threads
      team.run(counted.tasks, parts: Counted.parts, members: members)
      counted.check(Counted.parts, "run \(run) by \(members) of \(threads) threads")
      // Longer than threads spin.
      if run % 200 == 100 { usleep(20_000) }
    }
  }

  /// A list may be gone as soon as another has begun.
  @Test func listsComeAndGo() {
    let team = ThreadTeam(count: 3)
    for run in 0..<500 {
      let counted = Counted()
      for _ in 0..<1 + run % 3 {
        team.run(counted.tasks, parts: 3)
        counted.check(3, "run \(run)")
      }
    }
  }
}
