import Lamina

/// The tasks into which the phases of a step are cut: enough for all groups, and no more than are
/// worth their claims.
struct StepTasks {
  /// The tasks of a part.
  struct Part {
    let count: Int
    /// Rows, columns, numbers or tiles of a task.
    let units: Int

    init(_ part: StepPart, units: Int) {
      (count, self.units) = (part.count.divided(by: units), units)
    }
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

  /// - Parameter weightBytes: Those of all products: each task of a batch's rows reads them.
  init(_ phases: StepPhases, _ groups: StepGroups, weightBytes: Int) {
    self.phases = phases.phases.map { parts in
      let tasks =
        groups.size == 1
        ? parts.map { Self.processorTasks(of: $0, groups.count, weightBytes) }
        : Self.groupTasks(of: parts, groups)
      let works = zip(tasks, parts).flatMap { tasks, part in
        [Int](repeating: max(1, part.work / tasks.count), count: tasks.count)
      }
      // Where a phase has many tasks, processors begin with their own in each step.
      let queues = groups.size == 1 && works.count >= 4 * groups.count ? groups.count : 1
      return Phase(
        parts: tasks, queues: queues,
        bounds: Self.bounds(of: works, queues: queues)
          + [Int](repeating: works.count, count: groups.count - queues))
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

  /// Tasks of a part for groups of one work-item.
  private static func processorTasks(
    of part: StepPart, _ groups: Int, _ weightBytes: Int
  ) -> Part {
    let unit = part.division == .rows ? 8 : 16
    let steps = max(1, part.count.divided(by: unit))
    let worth = min(steps, max(1, part.work / leastWork))
    var units = unit * steps.divided(by: worth)
    // Weights beyond the cache of a core are read from further away by each task.
    if part.division == .rows, part.calls.count > 2, weightBytes > 512 << 10 {
      units = max(units, unit * min(max(part.count / (2 * groups) / unit, 1), 4))
    }
    return Part(part, units: units)
  }

  /// Tasks of the parts of a phase for groups of many work-items, which share all parts by their cost.
  private static func groupTasks(of parts: [StepPart], _ groups: StepGroups) -> [Part] {
    let total = parts.reduce(0) { $0 + $1.cost }
    return parts.map { part in
      let unit =
        switch part.division {
        case .rows: part.unit
        case .columns: groups.columnLanes * 4
        case .numbers: groups.size * 4
        }
      let share = max(1, groups.count * part.cost / total)
      let units = part.tiles == nil ? part.count.divided(by: unit).divided(by: share) * unit : 1
      return Part(part, units: max(1, units))
    }
  }
}
