/// A layer of a network, as its description has it.
public enum Layer: Sendable, Hashable {
  /// `f(x · weights + bias)`.
  case dense(outputs: Int, activation: Activation)
  /// `f(x)`, elementwise, after a layer that has no activation of its own.
  case activation(Activation)
  /// `x + F(x)`, where `F` applies the layers in order. It has as many outputs as inputs.
  case residual([Layer])
  /// `scale · (x - mean) / √(variance + epsilon) + shift` for each column, with mean and variance
  /// over the batch. Evaluation uses running ones; each step replaces the share `momentum` of them.
  case batchNormalization(momentum: Float = 0.1, epsilon: Float = 1e-5)
  /// `scale · (x - mean) / √(variance + epsilon) + shift`, each example by its own mean and variance.
  case layerNormalization(epsilon: Float = 1e-5)
  /// In training, sets the share `rate` of the numbers to zero at random and divides the others by
  /// `1 - rate`. At evaluation it does nothing.
  case dropout(rate: Float)
  /// The largest of `pieces` linear functions, for each output.
  case maxout(outputs: Int, pieces: Int)
  /// Replaces the last columns of the inputs, which hold numbers of categories, by rows of tables
  /// that training changes. Only the first layer can be one.
  ///
  /// The other columns come first, as they are, then the row of each embedded column. A category is
  /// a whole number from 0 up to ``EmbeddedColumn/categories``; any other number stands for a row of
  /// zeros.
  case embedding([EmbeddedColumn])

  /// The number of outputs, given the number of inputs.
  public func outputs(inputs: Int) -> Int {
    switch self {
    case .dense(let outputs, _), .maxout(let outputs, _): outputs
    case .activation, .residual, .batchNormalization, .layerNormalization, .dropout: inputs
    case .embedding(let columns): columns.reduce(inputs - columns.count) { $0 + $1.width }
    }
  }

  /// The size and activation of a dense layer; nil for other layers.
  public var dense: (outputs: Int, activation: Activation)? {
    if case .dense(let outputs, let activation) = self { (outputs, activation) } else { nil }
  }

  /// Such as `128`, `relu`, `dropout(0.5)`, `maxout(64×3)`, `embedding(200×8)` or
  /// `residual(64, 64)`.
  public var name: String {
    switch self {
    case .dense(let outputs, _): "\(outputs)"
    case .activation(let activation): activation.description
    case .residual(let layers): "residual(\(layers.map(\.name).joined(separator: ", ")))"
    case .batchNormalization: "batch_normalization"
    case .layerNormalization: "layer_normalization"
    case .dropout(let rate): "dropout(\(rate))"
    case .maxout(let outputs, let pieces): "maxout(\(outputs)×\(pieces))"
    case .embedding(let columns): "embedding(\(columns.map(\.name).joined(separator: ", ")))"
    }
  }
}
