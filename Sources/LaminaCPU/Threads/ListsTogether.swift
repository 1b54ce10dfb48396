import Lamina

/// Prepared lists that run side by side: each thread takes whole lists, so that threads meet once in
/// a run and not after each phase.
///
/// The parts of each list are cut as if it ran alone, so that results are the same bits.
public final class ListsTogether {
  let lists: [PreparedTasks]
  /// One task, whose rows are the lists.
  private let tasks: PreparedTasks
  private let values: Values

  /// The values of the run under way, which all threads read.
  private final class Values {
    var arguments: [StepArguments] = []
  }

  /// - Parameter width: The most parts that work is cut into.
  init(_ lists: [PreparedTasks], width: Int) {
    self.lists = lists
    let values = Values()
    self.values = values
    let program = lists.map { (list: Unmanaged.passUnretained($0), parts: $0.parts(for: width)) }
    let work = lists.reduce(0) { $0 + $1.work }
    let task = CPUTask(
      "ListsTogether", work: work, rows: lists.count * PreparedTasks.rowsPerPart, size: .bytes(0)
    ) { part in
      for place in part.rows(of: program.count) {
        let (list, parts) = program[place]
        list._withUnsafeGuaranteedRef { list in
          list.begin(values.arguments[place])
          list.runAlone(inParts: parts)
        }
      }
    }
    tasks = PreparedTasks([task], phases: [0..<1])
  }

  /// Runs each list with its values on as many threads as are the fastest.
  func run(on team: ThreadTeam, width: Int, cores: Int, _ arguments: [StepArguments]) {
    values.arguments = arguments
    tasks.run(on: team, width: min(width, lists.count), cores: cores, StepArguments())
  }
}
