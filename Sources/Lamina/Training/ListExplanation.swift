/// A list of operations and its prepared stages, as rows of text and numbers:
/// `lamina train --explain`.
public struct ListExplanation: Sendable {
  /// An operation of the list.
  public struct Line: Sendable, Hashable {
    /// Its name, such as `matmul`.
    public let name: String
    /// Its formula with its numbers.
    public let details: String
    /// The operands that it reads, by name and shape.
    public let reads: [String]
    /// The operands that it writes.
    public let writes: [String]
    /// Floating-point operations.
    public let floatingPointOperations: Int
    /// Bytes of the operands, without padding.
    public let bytes: Int
  }

  /// The operations, in order.
  public let lines: [Line]
  /// The stages that the backend makes of them, in order.
  public let stages: [PreparedStage]
  /// What the backend has to say of its choice between ways, a sentence each.
  public let remarks: [String]

  /// The number of phases.
  public var phaseCount: Int { (stages.map(\.phase).max() ?? -1) + 1 }
  /// The number of commands that a run enqueues; 0 on a backend without a queue.
  public var launchCount: Int { stages.reduce(0) { $0 + $1.launches } }

  /// Explains a list.
  public init<B: Backend>(
    _ operations: [Operation<B>], _ prepared: B.Prepared, names: OperandNames<B>
  ) {
    lines = operations.map { operation in
      func texts(_ accesses: [Access<B>]) -> [String] {
        accesses.map { "\(names.name(of: $0)) \($0.content.shape)" }
      }
      return Line(
        name: operation.name, details: operation.details, reads: texts(operation.reads),
        writes: texts(operation.writes), floatingPointOperations: operation.floatingPointOperations,
        bytes: operation.bytes)
    }
    stages = prepared.stages
    remarks = prepared.remarks
  }
}

extension Access.Content {
  /// Rows × columns in memory, or the count of a vector, such as `64×784`.
  public var shape: String { rows == 1 ? "\(columns)" : "\(rows)×\(columns)" }
}

extension TrainingStep {
  /// The operations of the step and their prepared stages. If a batch is divided into parts, they
  /// are those of the last part.
  public var explanation: ListExplanation {
    let part = parts[parts.count - 1]
    return ListExplanation(part.operations, part.prepared, names: names)
  }
}
