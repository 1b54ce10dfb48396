import Lamina

/// The kernel that takes whole steps: its text, and the arguments that go with it.
///
/// The text is the same for steps of the same kind. All sizes are in a table that the kernel reads,
/// and what changes from step to step is in another.
struct StepProgram {
  /// The kernel, to follow the texts of its functions.
  private(set) var text = ""
  /// The calls and their operands.
  private(set) var calls: StepText
  /// The counters of tasks.
  let counters: Int
  /// The most tasks of a phase.
  let mostTasks: Int

  private let groups: StepGroups

  /// Writes the kernel for a list; nil where its arguments are more than devices take.
  ///
  /// - Parameter tasks: The tasks of each phase.
  init?(_ phases: StepPhases, _ tasks: StepTasks, _ groups: StepGroups) {
    self.groups = groups
    calls = StepText(groupSize: groups.size)
    mostTasks = tasks.phases.map(\.count).max() ?? 1
    counters = 2 + tasks.phases.reduce(0) { $0 + $1.queues }
    var body = ""
    var before = 0
    var queue = 0
    for (parts, phase) in zip(phases.phases, tasks.phases) {
      body += text(of: parts, phase, before: before, firstQueue: queue)
      before += phase.count
      queue += phase.queues
    }
    guard calls.values.fit(besides: calls.buffers.count + 3) else { return nil }
    let total = calls.number(before)
    let values = calls.values
    text = """
      #define N(place) numbers[place]
      #define S(place) steps.values[step * \(values.count) + place]
      typedef struct { uint count; uint values[\(values.count * values.capacity)]; } Steps;

      __kernel __attribute__((reqd_work_group_size(LANES, 1, 1))) void whole_steps(
          const Steps steps, Counter counters, const uint counters_start,
          TABLE numbers, const uint numbers_start,
          __local FLOATS *scratch\(calls.parameters)) {
        for (uint step = 0; step < steps.count; step++) {
          const uint before = step * \(total);
          uint task;
      \(calls.coefficients)\(body)  }
        end_steps(counters, \(calls.number(counters)));
      }

      """
  }

  /// The loops over the tasks of a phase.
  ///
  /// Each part has a loop of its own: PoCL copies all that follows a condition with barriers inside,
  /// and copies these again.
  private mutating func text(
    of parts: [StepPart], _ phase: StepTasks.Phase, before: Int, firstQueue: Int
  ) -> String {
    let next = "next_task(&phase, counters, &task, (__local uint *)scratch)"
    var text = """
          {
            Phase phase = begin_phase(
                \(calls.table(phase.bounds)), \(calls.number(phase.queues)), \(calls.number(firstQueue)),
                before + \(calls.number(before)), step);
            bool more = \(next);

      """
    // Groups that go on to the queues of others come back to the first part.
    let comesBack = groups.size == 1 && parts.count > 1
    if comesBack { text += "      while (more) {\n" }
    var start = 0
    for (part, tasks) in zip(parts, phase.parts) {
      let (first, units) = (calls.number(start), calls.number(tasks.units))
      start += tasks.count
      text += """
              while (more && task - \(first) < \(calls.number(tasks.count))) {
                const uint first = (task - \(first)) * \(units);
                const uint end = min(first + \(units), \(calls.number(part.end)));
                \(calls.calls(of: part))
                end_task(counters);
                more = \(next);
              }

        """
    }
    return text + (comesBack ? "      }\n    }\n" : "    }\n")
  }
}
