import Lamina
import LaminaReference

/// An operation with operands whose every number counts.
struct OperationSample {
  let operation: ReferenceOperation
  let memory: OperationMemory
  /// Operands that it may read and has no use for.
  var unused: Set<String> = []
}

extension OperationKind {
  /// Samples of the kind, each with memory of its own.
  func samples() throws -> [OperationSample] {
    try makers.map { make in
      let memory = OperationMemory()
      return OperationSample(operation: try make(memory), memory: memory)
    } + (self == .batchNormalizationDelta ? [OperationSample.withoutInputDelta()] : [])
  }

  private typealias Maker = (OperationMemory) throws -> ReferenceOperation

  private var makers: [Maker] {
    switch self {
    case .gather, .matmul, .columnSums, .kernelFunction, .add, .fill: productMakers
    case .activation, .activationDelta, .softmax, .softmaxDelta, .dropout, .maxout, .maxoutDelta:
      elementMakers
    case .embedding, .embeddingGradients: embeddingMakers
    case .loss: lossMakers
    case .batchNormalization, .batchNormalizationDelta, .normalize, .layerNormalization,
      .layerNormalizationDelta, .layerNormalizationGradients:
      normalizationMakers
    case .update, .penaltyGradient, .clip, .partialSums, .clipNorm, .decay, .columnNormLimit:
      updateMakers
    }
  }

  private var productMakers: [Maker] {
    switch self {
    case .gather:
      [
        {
          .gather(
            BatchIndices(try $0.indices([6, 0, 3, 1, 5]), count: 5),
            of: try $0.bytes(rows: 7, columns: 19), scaling: .uniform(scale: 0.5, offset: 1),
            into: try $0.matrix(5, 19))
        },
        {
          .gather(
            BatchIndices(try $0.indices([2, 0, 3, 1, 5]), count: 5),
            of: try $0.floats(rows: 7, columns: 19),
            scaling: .perFeature(scales: try $0.vector(19), offsets: try $0.vector(19)),
            into: try $0.matrix(5, 19))
        },
      ]
    case .matmul:
      [
        { .matmul(try $0.matrix(5, 20), try $0.matrix(20, 18), into: try $0.matrix(5, 18)) },
        {
          .matmul(
            try $0.matrix(20, 5).transposed, try $0.matrix(20, 18), alpha: 2, beta: 0.5,
            into: try $0.matrix(5, 18))
        },
        {
          .matmul(
            try $0.matrix(5, 20), try $0.matrix(18, 20).transposed, beta: 1,
            into: try $0.matrix(5, 18))
        },
      ]
    case .columnSums:
      [0, 0.5].map { beta in
        { .columnSums(of: try $0.matrix(5, 37), beta: beta, into: try $0.vector(37)) }
      }
    case .kernelFunction:
      [
        {
          .kernelFunction(
            .rbf(gamma: 0.25), rowSquares: try $0.vector(5, isNonnegative: true),
            columnSquares: try $0.vector(18, isNonnegative: true), on: try $0.matrix(5, 18))
        }
      ]
    case .add:
      [
        { .add(try $0.matrix(5, 18), try $0.matrix(5, 18), into: try $0.matrix(5, 18)) },
        {
          let sum = try $0.matrix(5, 18)
          return .add(sum, try $0.matrix(5, 18), into: sum)
        },
      ]
    default: [{ .fill(try $0.vector(37), with: 3) }]
    }
  }

  private var elementMakers: [Maker] {
    switch self {
    case .activation:
      [
        {
          .activation(
            .tanh, of: try $0.matrix(5, 18), bias: try $0.vector(18), into: try $0.matrix(5, 18))
        },
        {
          let values = try $0.matrix(5, 18)
          return .activation(.leakyReLU(slope: 0.25), of: values, into: values)
        },
      ]
    case .activationDelta:
      [Activation.tanh, .gelu].map { activation in
        {
          .activationDelta(
            activation, saved: try $0.matrix(5, 18), on: try $0.matrix(5, 18))
        }
      }
    case .softmax:
      [false, true].map { isLogarithmic in
        {
          .softmax(
            of: try $0.matrix(5, 18), isLogarithmic: isLogarithmic, into: try $0.matrix(5, 18))
        }
      }
    case .softmaxDelta:
      [false, true].map { isLogarithmic in
        {
          .softmaxDelta(
            outputs: try $0.matrix(5, 18), isLogarithmic: isLogarithmic,
            on: try $0.matrix(5, 18))
        }
      }
    case .dropout:
      [false, true].map { adding in
        {
          .dropout(
            try $0.matrix(5, 18), DropoutMask(rate: 0.5, seed: 1, stream: 2),
            into: try $0.matrix(5, 18), adding: adding)
        }
      }
    case .maxout: [{ .maxout(try $0.matrix(5, 36), into: try $0.matrix(5, 18)) }]
    default:
      [
        {
          .maxoutDelta(
            try $0.matrix(5, 18), input: try $0.matrix(5, 36), into: try $0.matrix(5, 36))
        }
      ]
    }
  }

  /// Of a table of 7 rows, two of which the batch has twice or not at all, or of all columns.
  private var embeddingMakers: [Maker] {
    let batch: [Float] = [3, 0, -1, 6, 3, 5, 1, 2, 4]
    let place = EmbeddingPlace(category: 18, start: 20)
    return switch self {
    case .embedding:
      [
        {
          .embedding(
            try $0.matrix(9, 20, column: 18, batch), place, of: try $0.matrix(7, 5), copying: 18,
            into: try $0.matrix(9, 27))
        },
        {
          .embedding(
            try $0.matrix(9, 1, column: 0, batch), EmbeddingPlace(category: 0, start: 0),
            of: try $0.matrix(7, 5), copying: 0, into: try $0.matrix(9, 5))
        },
      ]
    default:
      [Float(0), 0.5].map { beta in
        {
          .embeddingGradients(
            try $0.matrix(9, 27), input: try $0.matrix(9, 20, column: 18, batch), place,
            beta: beta, into: try $0.matrix(7, 5))
        }
      }
    }
  }
}
