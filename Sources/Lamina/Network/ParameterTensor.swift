/// A tensor among the parameters of a network, as a model file has it.
public struct ParameterTensor: Sendable, Hashable {
  /// The role of a tensor. The numbers count the layers of the kind.
  enum Role: Sendable, Hashable {
    /// Of a dense layer.
    case weights(Int)
    /// Of a dense layer.
    case bias(Int)
    /// Of a normalisation.
    case scale(Int)
    /// Of a normalisation.
    case shift(Int)
    /// Of a batch normalisation.
    case runningMean(Int)
    /// Of a batch normalisation.
    case runningVariance(Int)
    /// Of an embedded column.
    case table(Int)
  }

  /// As in PyTorch's state of nested `nn.Sequential`s, such as `layers.0.weight`.
  public let name: String
  /// Outputs × inputs, categories × width, or one number an output.
  public let shape: [Int]
  let role: Role

  /// The number of numbers.
  public var count: Int { shape.reduce(1, *) }

  /// Whether gradients change it. Running statistics are computed from the batches instead.
  public var isTrained: Bool {
    switch role {
    case .weights, .bias, .scale, .shift, .table: true
    case .runningMean, .runningVariance: false
    }
  }
}
