import Lamina

extension Operation<CPUBackend> {
  /// The tasks that compute the operation by itself.
  func tasks(on backend: CPUBackend) throws(BackendError) -> TaskGroup {
    switch self {
    case .gather(let gather): gather.tasks()
    case .matmul(let matmul): try matmul.tasks(on: backend)
    case .activation(let activation): activation.tasks()
    case .activationDelta(let delta): delta.tasks()
    case .softmax(let softmax): softmax.tasks()
    case .softmaxDelta(let delta): delta.tasks()
    case .loss(let loss): loss.tasks()
    case .add(let addition): addition.tasks()
    case .batchNormalization(let normalization): normalization.tasks()
    case .batchNormalizationDelta(let delta): delta.tasks()
    case .normalize(let normalization): normalization.tasks()
    case .layerNormalization(let normalization): normalization.tasks()
    case .layerNormalizationDelta(let delta): delta.tasks()
    case .layerNormalizationGradients(let gradients): gradients.tasks()
    case .dropout(let dropout): dropout.tasks()
    case .maxout(let maxout): maxout.tasks()
    case .maxoutDelta(let delta): delta.tasks()
    case .embedding(let embedding): embedding.tasks()
    case .embeddingGradients(let gradients): gradients.tasks()
    case .columnSums(let sums): sums.tasks()
    case .fill(let fill): fill.tasks()
    case .update(let update): update.tasks(on: backend)
    case .penaltyGradient(let penalty): penalty.tasks()
    case .clip(let clip): clip.tasks()
    case .partialSums(let sums): sums.tasks()
    case .clipNorm(let clip): clip.tasks()
    case .decay(let decay): decay.tasks()
    case .columnNormLimit(let limit): limit.tasks()
    case .kernelFunction(let values): values.tasks()
    }
  }
}
