import Lamina
import Testing

/// The kinds of operations. The compiler names the places of a new one; tests then want its samples.
enum OperationKind: String, CaseIterable, CustomTestStringConvertible {
  case gather, matmul, activation, activationDelta, softmax, softmaxDelta, loss, add
  case batchNormalization, batchNormalizationDelta, normalize
  case layerNormalization, layerNormalizationDelta, layerNormalizationGradients
  case dropout, maxout, maxoutDelta, embedding, embeddingGradients, columnSums, fill, update,
    penaltyGradient
  case clip, partialSums, clipNorm, decay, columnNormLimit, kernelFunction

  init<B: Backend>(_ operation: Operation<B>) {
    self =
      switch operation {
      case .gather: .gather
      case .matmul: .matmul
      case .activation: .activation
      case .activationDelta: .activationDelta
      case .softmax: .softmax
      case .softmaxDelta: .softmaxDelta
      case .loss: .loss
      case .add: .add
      case .batchNormalization: .batchNormalization
      case .batchNormalizationDelta: .batchNormalizationDelta
      case .normalize: .normalize
      case .layerNormalization: .layerNormalization
      case .layerNormalizationDelta: .layerNormalizationDelta
      case .layerNormalizationGradients: .layerNormalizationGradients
      case .dropout: .dropout
      case .maxout: .maxout
      case .maxoutDelta: .maxoutDelta
      case .embedding: .embedding
      case .embeddingGradients: .embeddingGradients
      case .columnSums: .columnSums
      case .fill: .fill
      case .update: .update
      case .penaltyGradient: .penaltyGradient
      case .clip: .clip
      case .partialSums: .partialSums
      case .clipNorm: .clipNorm
      case .decay: .decay
      case .columnNormLimit: .columnNormLimit
      case .kernelFunction: .kernelFunction
      }
  }

  var testDescription: String { rawValue }
}
