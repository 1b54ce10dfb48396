import Lamina
import LaminaReference

/// Each as it usually is, and with the state that it may have besides.
private let sampleOptimizers: [Optimizer] =
  Optimizer.usual.map(\.value) + [.sgd(SGD()), .rmsProp(RMSProp(momentum: 0.5))]

extension OperationKind {
  var lossMakers: [(OperationMemory) throws -> ReferenceOperation] {
    [
      { memory in
        let outputs = try memory.matrix(5, 18)
        // The first row is a hit.
        let first = try memory.backend.values(of: outputs).prefix(18)
        let best = first.max().flatMap { first.firstIndex(of: $0) } ?? 0
        return .loss(
          .init(
            loss: .softmaxCrossEntropy(smoothing: 0.1), activation: .identity, outputs: outputs,
            targets: .labels(try memory.indices([3, 17, 0, 5, 5, 2, Int32(best)])),
            weights: try memory.vector(7, isNonnegative: true),
            batch: BatchIndices(try memory.indices([6, 0, 3, 1, 5]), count: 5), deltaScale: 0.5,
            delta: outputs, meter: try memory.meter(5)))
      },
      { memory in
        .loss(
          .init(
            loss: .squaredError, activation: .tanh, outputs: try memory.matrix(5, 2),
            targets: .values(try memory.floats(rows: 7, columns: 2)),
            batch: BatchIndices(try memory.indices([6, 0, 3, 1, 5]), count: 5), lossScale: 0.25,
            deltaScale: 0.5, delta: try memory.matrix(5, 2), meter: try memory.meter(5)))
      },
      { memory in
        .loss(
          .init(
            loss: .quantile(levels: [0.25, 0.75]), activation: .identity,
            outputs: try memory.matrix(5, 4),
            targets: .values(try memory.floats(rows: 7, columns: 2)),
            batch: BatchIndices(try memory.indices([6, 0, 3, 1, 5]), count: 5), lossScale: 0.25,
            deltaScale: 0.5, delta: try memory.matrix(5, 4), meter: try memory.meter(5)))
      },
    ]
  }

  var updateMakers: [(OperationMemory) throws -> ReferenceOperation] {
    switch self {
    case .update:
      sampleOptimizers.map { usual in
        { memory in
          let optimizer = usual.setting("learning_rate", to: 0.1) ?? usual
          return .update(
            try memory.vector(37), gradients: try memory.vector(37),
            state: try optimizer.rule.state.map {
              try memory.vector(37, isNonnegative: $0.isNonnegative)
            }, by: optimizer)
        }
      }
    case .penaltyGradient:
      [
        {
          .penaltyGradient(
            Penalties(l1: 0.5, l2: 0.25), of: try $0.vector(37), to: try $0.vector(37))
        }
      ]
    case .clip: [{ .clip(try $0.vector(37), to: 1) }]
    case .partialSums:
      Magnitude.allCases.map { measure in
        {
          .partialSums(
            of: try $0.vector(37), measure, into: try $0.vector(20, isNonnegative: true))
        }
      }
    case .clipNorm:
      [
        {
          .clipNorm(
            of: try $0.vector(37), squares: try $0.vector(20, isNonnegative: true), to: 1)
        }
      ]
    case .decay: [{ .decay(try $0.vector(37), by: 0.5, learningRate: 0.5) }]
    default: [{ .columnNormLimit(of: try $0.matrix(5, 18), to: 1) }]
    }
  }

  var normalizationMakers: [(OperationMemory) throws -> ReferenceOperation] {
    switch self {
    case .batchNormalization:
      [
        {
          .batchNormalization(
            try $0.matrix(5, 18), try $0.normalization(18), batch: try $0.statistics(18),
            running: try $0.running(18), momentum: 0.25, epsilon: 0.1, into: try $0.matrix(5, 18))
        }
      ]
    case .batchNormalizationDelta:
      [(Float(0), false), (0.5, true)].map { beta, adding in
        {
          .batchNormalizationDelta(
            try $0.matrix(5, 18), input: try $0.matrix(5, 18), scale: try $0.vector(18),
            batch: try $0.statistics(18), gradients: try $0.normalization(18), beta: beta,
            into: try $0.matrix(5, 18), adding: adding)
        }
      }
    case .normalize:
      [
        {
          .normalize(
            try $0.matrix(5, 18), by: try $0.running(18), try $0.normalization(18), epsilon: 0.1,
            into: try $0.matrix(5, 18))
        }
      ]
    case .layerNormalization:
      [
        {
          .layerNormalization(
            try $0.matrix(5, 18), try $0.normalization(18), rows: try $0.statistics(5),
            epsilon: 0.1, into: try $0.matrix(5, 18))
        }
      ]
    case .layerNormalizationDelta:
      [false, true].map { adding in
        {
          .layerNormalizationDelta(
            try $0.matrix(5, 18), input: try $0.matrix(5, 18), scale: try $0.vector(18),
            rows: try $0.statistics(5), into: try $0.matrix(5, 18), adding: adding)
        }
      }
    default:
      [Float(0), 0.5].map { beta in
        {
          .layerNormalizationGradients(
            try $0.matrix(5, 18), input: try $0.matrix(5, 18), rows: try $0.statistics(5),
            beta: beta, into: try $0.normalization(18))
        }
      }
    }
  }
}

extension OperationSample {
  /// The scale is for the delta of the input, which nobody wants here.
  static func withoutInputDelta() throws -> OperationSample {
    let memory = OperationMemory()
    let operation = ReferenceOperation.batchNormalizationDelta(
      try memory.matrix(5, 18), input: try memory.matrix(5, 18), scale: try memory.vector(18),
      batch: try memory.statistics(18), gradients: try memory.normalization(18), beta: 0, into: nil,
      adding: false)
    return OperationSample(operation: operation, memory: memory, unused: ["scale"])
  }
}

extension OperationMemory {
  fileprivate func meter(_ rows: Int) throws -> Meter<ReferenceBackend> {
    Meter(losses: try vector(rows), hits: try vector(rows))
  }

  fileprivate func normalization(_ count: Int) throws -> NormalizationParameters<ReferenceBackend> {
    NormalizationParameters(scale: try vector(count), shift: try vector(count))
  }

  fileprivate func statistics(_ count: Int) throws -> NormalizationStatistics<ReferenceBackend> {
    NormalizationStatistics(
      mean: try vector(count), inverseDeviation: try vector(count, isNonnegative: true))
  }

  fileprivate func running(_ count: Int) throws -> RunningStatistics<ReferenceBackend> {
    RunningStatistics(mean: try vector(count), variance: try vector(count, isNonnegative: true))
  }
}
