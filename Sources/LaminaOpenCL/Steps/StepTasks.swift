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
    /// The queues from which groups take them.
    let queues: Int
    /// The first task of each queue, and the number of tasks for each group that has none: as many
    /// numbers for every phase, so that steps of one kind have one text.
    let bounds: [Int]

    var count: Int { bounds.last ?? 0 }
  }

  let phases: [Phase]

  /// - Parameters:
  ///   - groups: The groups that run side by side.
  ///   - weightBytes: Those of all products: each task of a batch's rows reads them.
  init(_ phases: StepPhases, groups: Int, weightBytes: Int) {
    self.phases = phases.phases.map { parts in
      let tasks = parts.map { Self.tasks(of: $0, groups, weightBytes) }
      let works = zip(tasks, parts).flatMap { tasks, part in
        [Int](repeating: max(1, part.work / tasks.count), count: tasks.count)
      }
      // Where a phase has many tasks, groups begin with their own in each step.
      let queues = works.count >= 4 * groups ? groups : 1
      return Phase(
        parts: tasks, queues: queues,
        bounds: Self.bounds(of: works, queues: queues)
          + [Int](repeating: works.count, count: groups - queues))
    }
  }

  /// Cuts tasks, of each of which the work is given, into queues of about the same work. Tasks of a
  /// queue follow each other: the caches of processors fetch what lies behind, too.
  private static func bounds(of works: [Int], queues: Int) -> [Int] {
    let total = works.reduce(0, +)
    var bounds = [0]
    var sum = 0
    for (task, work) in works.enumerated() {
      if bounds.count < queues, sum >= total * bounds.count / queues { bounds.append(task) }
      sum += work
    }
    while bounds.count <= queues { bounds.append(works.count) }
    return bounds
  }

  /// Elementary operations that are worth a claim: some microseconds.
  private static let leastWork = 60_000

  private static func tasks(of part: StepPart, _ groups: Int, _ weightBytes: Int) -> Part {
    let unit = part.division == .rows ? 8 : 16
    let steps = max(1, part.count.divided(by: unit))
    let worth = min(steps, max(1, part.work / leastWork))
    var units = unit * steps.divided(by: worth)
    // Weights beyond the cache of a core are read from further away by each task.
    if part.division == .rows, part.calls.count > 2, weightBytes > 512 << 10 {
      units = max(units, unit * min(max(part.count / (2 * groups) / unit, 1), 4))
    }
    return Part(count: part.count.divided(by: units), units: units)
  }
}
