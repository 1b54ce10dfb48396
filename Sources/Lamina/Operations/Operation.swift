/// A plain operation with its operands: one entry of a list such as a training step.
///
/// Each kind is a value type with its own file. It checks shapes on creation, and describes what it
/// reads and writes and how much work it is. Schedules, profiles, printed lists and rewriting rules
/// are based on these descriptions.
public enum Operation<B: Backend>: Codable {
  case gather(Gather)
  case matmul(Matmul)
  case activation(BiasActivation)
  case activationDelta(ActivationDelta)
  case softmax(RowSoftmax)
  case softmaxDelta(RowSoftmaxDelta)
  case loss(LossEvaluation)
  case add(Addition)
  case batchNormalization(BatchNormalization)
  case batchNormalizationDelta(BatchNormalizationDelta)
  case normalize(Normalization)
  case layerNormalization(LayerNormalization)
  case layerNormalizationDelta(LayerNormalizationDelta)
  case layerNormalizationGradients(LayerNormalizationGradients)
  case dropout(Dropout)
  case maxout(Maxout)
  case maxoutDelta(MaxoutDelta)
  case embedding(Embedding)
  case embeddingGradients(EmbeddingGradients)
  case columnSums(ColumnSums)
  case fill(Fill)
  case update(Update)
  case penaltyGradient(PenaltyGradient)
  case clip(Clip)
  case partialSums(PartialSums)
  case clipNorm(ClipNorm)
  case decay(Decay)
  case columnNormLimit(ColumnNormLimit)
  case kernelFunction(KernelFunctionValues)

  /// The operands with all that is known of the operation.
  package var content: any OperationContent<B> {
    switch self {
    case .gather(let content): content
    case .matmul(let content): content
    case .activation(let content): content
    case .activationDelta(let content): content
    case .softmax(let content): content
    case .softmaxDelta(let content): content
    case .loss(let content): content
    case .add(let content): content
    case .batchNormalization(let content): content
    case .batchNormalizationDelta(let content): content
    case .normalize(let content): content
    case .layerNormalization(let content): content
    case .layerNormalizationDelta(let content): content
    case .layerNormalizationGradients(let content): content
    case .dropout(let content): content
    case .maxout(let content): content
    case .maxoutDelta(let content): content
    case .embedding(let content): content
    case .embeddingGradients(let content): content
    case .columnSums(let content): content
    case .fill(let content): content
    case .update(let content): content
    case .penaltyGradient(let content): content
    case .clip(let content): content
    case .partialSums(let content): content
    case .clipNorm(let content): content
    case .decay(let content): content
    case .columnNormLimit(let content): content
    case .kernelFunction(let content): content
    }
  }
}

/// The properties of every kind of operation.
package protocol OperationContent<B> {
  associatedtype B: Backend
  /// Its name in printed lists and profiles.
  var name: String { get }
  /// Each operand with its use, and the memory of it that each part touches where the work is
  /// split.
  var accesses: [Access<B>] { get }
  /// The number of units that the work can be split into: rows, or groups of sixteen columns or
  /// numbers.
  var units: Int { get }
  /// The approximate number of elementary operations. It decides into how many parts the work is
  /// split.
  var work: Int { get }
  /// Floating-point operations, for rates.
  var floatingPointOperations: Int { get }
  /// The number of rows of its batch, if it selects examples; nil for other operations.
  var batchRows: Int? { get }
  /// The formula with its numbers, such as `relu, bias`; empty if the name is enough.
  var details: String { get }
}

extension OperationContent {
  /// The same as ``work``.
  package var floatingPointOperations: Int { work }
  /// Nil.
  package var batchRows: Int? { nil }
  /// Nothing.
  package var details: String { "" }
}

extension Operation {
  /// Its name, such as `matmul`.
  public var name: String { content.name }
  /// The formula with its numbers, such as `relu(x + bias)`; empty if the name is enough.
  public var details: String { content.details }
  /// Floating-point operations.
  public var floatingPointOperations: Int { content.floatingPointOperations }
  /// Its operands.
  public var accesses: [Access<B>] { content.accesses }
  /// Operands whose old numbers matter.
  public var reads: [Access<B>] { accesses.filter(\.use.reads) }
  /// Operands that change.
  public var writes: [Access<B>] { accesses.filter(\.use.writes) }

  /// True if this and another operation must stay in order.
  public func dependsOn(_ other: Operation) -> Bool {
    let others = other.accesses
    return accesses.contains { access in others.contains { access.dependsOn($0) } }
  }

  /// The bytes of the operands, without padding. Memory that is used by several operands counts
  /// once.
  public var bytes: Int { Self.bytes(of: CollectionOfOne(self)) }
}

extension Operation {
  /// The bytes of the operands of a list, without padding. Memory that is used by several operands
  /// counts once. Of a data set, only the rows of the batch count.
  public static func bytes(of operations: some Sequence<Operation>) -> Int {
    var sizes: [AccessPlace: Int] = [:]
    for operation in operations {
      for access in operation.accesses {
        let place = AccessPlace(buffer: ObjectIdentifier(access.buffer), offset: access.offset)
        sizes[place] = max(sizes[place] ?? 0, operation.byteCount(of: access))
      }
    }
    return sizes.values.reduce(0, +)
  }

  private func byteCount(of access: Access<B>) -> Int {
    // A batch uses only a few rows of memory that has one row per example.
    guard let rows = content.batchRows, access.content.isPerExample else { return access.byteCount }
    let count = access.content.rows == 1 ? 1 : access.content.columns
    return rows * count * access.content.element.size
  }
}

private struct AccessPlace: Hashable {
  let buffer: ObjectIdentifier
  let offset: Int
}
