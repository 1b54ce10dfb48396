extension Backend {
  /// What backends without a choice have.
  public var precision: Precision { .fp32 }

  /// Nothing to tell.
  public var report: DeviceReport { DeviceReport() }

  /// Does nothing.
  public func anticipate(_ operations: [Operation<Self>]) {}

  /// Runs operations once, with neutral step arguments.
  public func perform(_ operations: Operation<Self>...) throws(BackendError) {
    try perform(operations)
  }

  /// Runs a list once, with neutral step arguments unless told otherwise.
  public func perform(
    _ operations: [Operation<Self>], with arguments: StepArguments = StepArguments()
  ) throws(BackendError) {
    try run(prepare(operations), with: arguments)
  }
}

extension Backend where PreparedTogether == [Prepared] {
  /// Prepares one list after the other.
  public func prepare(
    together lists: [[Operation<Self>]]
  ) throws(BackendError) -> [Prepared] {
    var prepared: [Prepared] = []
    for list in lists { prepared.append(try prepare(list)) }
    return prepared
  }

  /// Runs one list after the other.
  public func run(
    _ together: [Prepared], with arguments: [StepArguments]
  ) throws(BackendError) {
    for (prepared, arguments) in zip(together, arguments) { try run(prepared, with: arguments) }
  }
}
