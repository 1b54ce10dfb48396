import Lamina

/// The tasks into which the phases of a step are cut: enough for all groups, and no more than are
/// worth their claims.
struct StepTasks {
  /// The tasks of a part.
  struct Part {
    let count: Int
    /// Rows, columns or numbers of a task.
    let units: Int
  }

  /// The tasks of a phase.
  struct Phase {
    let parts: [Part]
    /// Queues from which groups take them.
    let queues: Int

    var count: Int { parts.reduce(0) { $0 + $1.count } }
  }

  let phases: [Phase]

  /// - Parameters:
  ///   - groups: The groups that run side by side.
  ///   - weightBytes: Those of all products: each task of a batch's rows reads them.
  init(_ phases: StepPhases, groups: Int, weightBytes: Int) {
    self.phases = phases.phases.map { parts in
      let tasks = parts.map { Self.tasks(of: $0, groups, weightBytes) }
      let count = tasks.reduce(0) { $0 + $1.count }
      // Where a phase has many tasks, groups begin with their own in each step.
      return Phase(parts: tasks, queues: count >= 4 * groups ? groups : 1)
    }
  }

  /// Elementary operations that are worth a claim: some microseconds.
  private static let leastWork = 60_000

  private static func tasks(of part: StepPart, _ groups: Int, _ weightBytes: Int) -> Part {
    let unit = part.division == .rows ? 8 : 16
    let steps = max(1, part.count.divided(by: unit))
    let worth = max(1, leastWork / max(1, part.work / steps))
    var units = unit * max(1, min(worth, steps / (4 * groups)))
    // Weights beyond the cache of a core are read from further away by each task.
    if part.division == .rows, part.calls.count > 2, weightBytes > 512 << 10 {
      units = max(units, unit * min(max(part.count / (2 * groups) / unit, 1), 4))
    }
    return Part(count: part.count.divided(by: units), units: units)
  }
}
