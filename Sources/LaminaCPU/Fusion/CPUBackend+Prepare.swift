public import Lamina

/// An entry of a list on its way to tasks.
typealias CPUItem = FusionItem<CPUBackend, TaskGroup>

extension CPUBackend {
  /// In the order in which they go through a list.
  private static var rules: [any FusionRule<CPUBackend, TaskGroup>] {
    [
      ProductAlongDepth(), ProductWithActivation(), ProductWithDerivative(), GradientsWithUpdate(),
    ]
  }

  /// The names of all fusion rules.
  package static var ruleNames: [String] { rules.map(\.name) }

  /// Fuses operations, makes tasks of them and decides where threads wait for each other.
  public func prepare(_ operations: [Operation<CPUBackend>]) throws(BackendError) -> PreparedTasks {
    let items = try [CPUItem].fusing(operations, by: Self.rules, without: disabledRules, on: self)
    var groups: [TaskGroup] = []
    for item in items {
      if let fused = item.fused {
        groups.append(fused.form)
      } else {
        groups.append(try item.operations[0].operation.tasks(on: self))
      }
    }
    let accesses = groups.flatMap(\.accesses)
    let schedule = Schedule(accesses)
    return PreparedTasks(
      groups.flatMap(\.tasks), phases: schedule.phases,
      memory: accesses.flatMap { $0.map(\.buffer) }
    ) { Self.stages(items, groups, schedule) }
  }

  private static func stages(
    _ items: [CPUItem], _ groups: [TaskGroup], _ schedule: Schedule
  ) -> [PreparedStage] {
    var taskCount = 0
    return zip(items, groups).map { item, group in
      taskCount += group.tasks.count
      return PreparedStage(
        item.operations, rule: item.fused?.rule, method: group.method,
        // The phase at whose end its results are complete.
        phase: schedule.phase(of: max(0, taskCount - 1)), launches: 0)
    }
  }
}

extension [Access<CPUBackend>] {
  /// True if each part may go through two operations without waiting for other parts.
  func allowSamePhase(as others: [Access<CPUBackend>]) -> Bool {
    !contains { access in others.contains { access.conflicts(with: $0) } }
  }
}
