/// One part of a prepared list: an operation, or several that a backend computes as one.
public struct PreparedStage: Sendable, Hashable {
  /// The places of its operations in the list.
  public var operations: [Int]
  /// The fusion rule that joined them; nil for a single plain operation.
  public var rule: String?
  /// The method, such as the name of a kernel.
  public var method: String
  /// The phase of the stage, counted from 0. Stages of the same phase need not wait for each other.
  public var phase: Int
  /// The number of commands that a run enqueues for it; 0 on a backend without a queue.
  public var launches: Int
  /// Floating-point operations.
  public var floatingPointOperations: Int
  /// The bytes of its operands, each counted once. Operands that exist only inside a fused stage
  /// count too.
  public var bytes: Int

  /// Describes a stage that computes operations, each with its place in the list.
  public init<B: Backend>(
    _ operations: [(place: Int, operation: Operation<B>)], rule: String? = nil, method: String,
    phase: Int, launches: Int
  ) {
    self.operations = operations.map(\.place)
    self.rule = rule
    self.method = method
    self.phase = phase
    self.launches = launches
    floatingPointOperations = operations.reduce(0) { $0 + $1.operation.floatingPointOperations }
    bytes = Operation.bytes(of: operations.map(\.operation))
  }
}
