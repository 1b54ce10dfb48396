package import Lamina

/// Computes every operation one element at a time in `Double`, and records its calls.
///
/// Numbers that operations store for others stay in `Double` too: only those that the host reads
/// are rounded. It shares no code with the real backends and fuses nothing: the reference for their
/// results, and the witness of the order of operations.
package final class ReferenceBackend: Backend {
  /// A list of operations to run again.
  package final class Prepared: PreparedOperations {
    let operations: [Operation<ReferenceBackend>]

    init(_ operations: [Operation<ReferenceBackend>]) { self.operations = operations }

    /// Each operation is a stage and a phase of its own.
    package var stages: [PreparedStage] {
      operations.enumerated().map { place, operation in
        PreparedStage([(place, operation)], method: "scalar", phase: place, launches: 0)
      }
    }
  }

  package let device = DeviceDescription(
    selector: "reference", name: "reference", platform: "scalar", vendor: "none", driver: "none",
    computeUnits: 1, memory: 0, libraries: [:])
  /// The names of all calls so far, in order; between `prepare(` and `)` those of the operations.
  package private(set) var calls: [String] = []

  package init() {}

  package func makeBuffer(byteCount: Int) -> Buffer {
    calls.append("makeBuffer")
    return Buffer(byteCount: byteCount)
  }
  package func write(_ bytes: RawSpan, to buffer: Buffer, at offset: Int) {
    calls.append("write")
    bytes.withUnsafeBytes { buffer.write($0, at: offset) }
  }
  package func read(_ buffer: Buffer, at offset: Int, into bytes: inout MutableRawSpan) {
    calls.append("read")
    bytes.withUnsafeMutableBytes { buffer.read(at: offset, into: $0) }
  }
  package func synchronize() { calls.append("synchronize") }
  package func mark() { calls.append("mark") }
  package func wait(for mark: Void) { calls.append("wait") }

  package func prepare(_ operations: [Operation<ReferenceBackend>]) -> Prepared {
    calls += ["prepare("] + operations.map(\.name) + [")"]
    return Prepared(operations)
  }
  package func run(_ prepared: Prepared, with arguments: StepArguments) {
    calls.append("run")
    for operation in prepared.operations { operation.compute(arguments) }
  }
}

extension Operation<ReferenceBackend> {
  fileprivate func compute(_ arguments: StepArguments) {
    switch self {
    case .gather(let gather): gather.compute(arguments)
    case .matmul(let product): product.compute()
    case .activation(let activation): activation.compute()
    case .activationDelta(let delta): delta.compute()
    case .softmax(let softmax): softmax.compute()
    case .softmaxDelta(let delta): delta.compute()
    case .loss(let loss): loss.compute(arguments)
    case .add(let addition): addition.compute()
    case .batchNormalization(let normalization): normalization.compute()
    case .batchNormalizationDelta(let delta): delta.compute()
    case .normalize(let normalization): normalization.compute()
    case .layerNormalization(let normalization): normalization.compute()
    case .layerNormalizationDelta(let delta): delta.compute()
    case .layerNormalizationGradients(let gradients): gradients.compute()
    case .dropout(let dropout): dropout.compute(arguments)
    case .maxout(let maxout): maxout.compute()
    case .maxoutDelta(let delta): delta.compute()
    case .embedding(let embedding): embedding.compute()
    case .embeddingGradients(let gradients): gradients.compute()
    case .columnSums(let sums): sums.compute()
    case .fill(let fill): fill.compute()
    case .update(let update): update.compute(arguments)
    case .penaltyGradient(let gradient): gradient.compute()
    case .clip(let clip): clip.compute()
    case .partialSums(let sums): sums.compute()
    case .clipNorm(let clip): clip.compute()
    case .decay(let decay): decay.compute(arguments)
    case .columnNormLimit(let limit): limit.compute()
    case .kernelFunction(let values): values.compute()
    }
  }
}
