import Lamina

/// The tasks that compute an operation, or several that a rule has fused.
struct TaskGroup {
  /// The method, for `--explain`.
  let method: String
  private(set) var tasks: [CPUTask] = []
  /// The memory that each task reads and writes.
  private(set) var accesses: [[Access<CPUBackend>]] = []

  /// No tasks yet.
  init(method: String) { self.method = method }

  mutating func add(_ task: CPUTask, _ accesses: [Access<CPUBackend>]) {
    tasks.append(task)
    self.accesses.append(accesses)
  }

  /// Adds the tasks of another group.
  mutating func append(_ other: TaskGroup) {
    tasks += other.tasks
    accesses += other.accesses
  }

  /// One task, divided as the operation says.
  ///
  /// - Parameter bytes: The bytes that it reads and writes, for profiles; nil for all of its
  ///   memory.
  init(
    _ operation: some OperationContent<CPUBackend>, _ name: String, bytes: Int? = nil,
    numbers: (any StepNumbers)? = nil, body: @escaping (CPUTask.Part) -> Void
  ) {
    self.init(method: Self.vectors)
    let accesses = operation.accesses
    add(
      CPUTask(
        name, work: operation.work, rows: operation.units,
        size: .bytes(bytes ?? Self.byteCount(of: accesses)), numbers: numbers, body: body),
      accesses)
  }

  /// The method of all but products.
  static let vectors = "vectors"

  /// The bytes of all memory that is touched. Memory that is used by several accesses counts once.
  static func byteCount(of accesses: [Access<CPUBackend>]) -> Int {
    var counts: [UnsafeRawPointer: Int] = [:]
    for access in accesses {
      let start = UnsafeRawPointer(access.buffer.octets + access.offset)
      counts[start] = max(access.bytes.count, counts[start] ?? 0)
    }
    return counts.values.reduce(0, +)
  }
}
