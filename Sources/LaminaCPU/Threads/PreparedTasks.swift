import Glibc
public import Lamina

/// A prepared list: tasks in phases. Within a phase, each part runs through all tasks without
/// waiting for other parts. Between phases, all threads wait for each other.
public final class PreparedTasks: PreparedOperations {
  private let tasks: [CPUTask]
  /// The tasks without reference counts.
  private let program: [Unmanaged<CPUTask>]
  /// The start of each phase's tasks in the program.
  private let phaseStarts: [Int]
  private let numbers: [any StepNumbers]
  private let widest: Int
  /// Elementary operations of a run.
  let work: Int
  /// The memory that the tasks touch by address.
  private let memory: [CPUBuffer]
  private let makeStages: () -> [PreparedStage]

  /// Those of the run under way.
  var arguments = StepArguments()
  /// The number of threads that run it; nil before the first run.
  private var choice: TeamChoice?

  /// The minimum work of a part: a few microseconds, compared with the fraction of a microsecond
  /// that the end of a phase costs.
  static let workPerPart = 200_000
  /// The minimum number of rows of a part. Products with fewer rows are much slower.
  static let rowsPerPart = 8

  /// The number of phases.
  var phaseCount: Int { phaseStarts.count }

  /// One for each operation or fused group, in the order in which they run.
  public private(set) lazy var stages = makeStages()

  /// - Parameters:
  ///   - phases: The indices of the tasks of each phase.
  ///   - memory: The memory that the tasks use by address, which is kept alive.
  ///   - stages: Describes the tasks; called on demand.
  init(
    _ tasks: [CPUTask], phases: [Range<Int>], memory: [CPUBuffer] = [],
    stages: @escaping () -> [PreparedStage] = { [] }
  ) {
    self.tasks = tasks
    self.memory = memory
    makeStages = stages
    program = tasks.map(Unmanaged.passUnretained)
    phaseStarts = phases.map(\.lowerBound)
    numbers = tasks.reduce(into: []) { numbers, task in
      if let added = task.numbers, !numbers.contains(where: { $0 === added }) {
        numbers.append(added)
      }
    }
    work = tasks.reduce(0) { $0 + $1.work }
    widest = tasks.reduce(1) { max($0, $1.rows) }
  }

  /// Into how many parts the phases are worth cutting, for `threads` threads.
  func parts(for threads: Int) -> Int {
    max(1, min(threads, work / Self.workPerPart, widest / Self.rowsPerPart))
  }

  /// Sets the values of the run that comes next.
  func begin(_ arguments: StepArguments) {
    self.arguments = arguments
    for numbers in numbers { numbers.compute(for: arguments) }
  }

  /// Runs all tasks, divided into up to `width` parts, with the number of threads that is fastest.
  ///
  /// - Parameter cores: The number of threads that have a core each.
  func run(on team: ThreadTeam, width: Int, cores: Int, _ arguments: StepArguments) {
    begin(arguments)
    let parts = parts(for: width)
    guard parts > 1, team.count > 1 else { return runAlone(inParts: parts) }
    if choice == nil { choice = TeamChoice(most: min(parts, team.count), cores: cores, work: work) }
    guard let run = choice?.next() else { return }
    let start = run.isMeasured ? Self.now : 0
    team.run(self, parts: parts, members: run.threads)
    if run.isMeasured { choice?.finished(Self.now - start) }
  }

  /// Runs the tasks one after the other and measures each. Parts are divided as usual, so that the
  /// results have the same bits.
  func run(
    on team: ThreadTeam, width: Int, cores: Int, _ arguments: StepArguments,
    measuring profile: Profile
  ) {
    begin(arguments)
    let parts = parts(for: width)
    for task in tasks {
      let single = PreparedTasks([task], phases: [0..<1])
      single.arguments = arguments
      let start = Self.now
      team.run(single, parts: parts, members: cores)
      profile.add(task.profiled, start: start, seconds: Self.now - start)
    }
  }

  /// Seconds of a clock that never goes back.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Runs all parts of all phases on the calling thread.
  func runAlone(inParts parts: Int = 1) {
    for phase in 0..<phaseCount {
      for part in 0..<parts { run(phase: phase, part: part, of: parts) }
    }
  }

  /// Runs one part of all tasks of a phase.
  func run(phase: Int, part: Int, of parts: Int) {
    let start = phaseStarts[phase]
    let end = phase + 1 < phaseStarts.count ? phaseStarts[phase + 1] : program.count
    let part = CPUTask.Part(number: part, count: parts, arguments: arguments)
    program.withUnsafeBufferPointer { program in
      for index in start..<end { program[index]._withUnsafeGuaranteedRef { $0.body(part) } }
    }
  }
}
