/// In JSON a layer is an object whose `kind` says which; without one it is dense, as in models of
/// version 1.
extension Layer: Codable {
  private enum Key: String, CodingKey {
    case kind, outputs, activation, layers, momentum, epsilon, rate, pieces
  }

  private enum Kind: String, Codable {
    case dense, activation, residual
    case batchNormalization = "batch_normalization"
    case layerNormalization = "layer_normalization"
    case dropout, maxout
  }

  /// Reads a layer.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch try values.decodeIfPresent(Kind.self, forKey: .kind) ?? .dense {
    case .dense:
      self = .dense(
        outputs: try values.decode(Int.self, forKey: .outputs),
        activation: try values.decode(Activation.self, forKey: .activation))
    case .activation:
      self = .activation(try values.decode(Activation.self, forKey: .activation))
    case .residual: self = .residual(try values.decode([Layer].self, forKey: .layers))
    case .batchNormalization:
      self = .batchNormalization(
        momentum: try values.decode(Float.self, forKey: .momentum),
        epsilon: try values.decode(Float.self, forKey: .epsilon))
    case .layerNormalization:
      self = .layerNormalization(epsilon: try values.decode(Float.self, forKey: .epsilon))
    case .dropout: self = .dropout(rate: try values.decode(Float.self, forKey: .rate))
    case .maxout:
      self = .maxout(
        outputs: try values.decode(Int.self, forKey: .outputs),
        pieces: try values.decode(Int.self, forKey: .pieces))
    }
  }

  /// Writes a layer.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .dense(let outputs, let activation):
      try values.encode(Kind.dense, forKey: .kind)
      try values.encode(outputs, forKey: .outputs)
      try values.encode(activation, forKey: .activation)
    case .activation(let activation):
      try values.encode(Kind.activation, forKey: .kind)
      try values.encode(activation, forKey: .activation)
    case .residual(let layers):
      try values.encode(Kind.residual, forKey: .kind)
      try values.encode(layers, forKey: .layers)
    case .batchNormalization(let momentum, let epsilon):
      try values.encode(Kind.batchNormalization, forKey: .kind)
      try values.encode(momentum, forKey: .momentum)
      try values.encode(epsilon, forKey: .epsilon)
    case .layerNormalization(let epsilon):
      try values.encode(Kind.layerNormalization, forKey: .kind)
      try values.encode(epsilon, forKey: .epsilon)
    case .dropout(let rate):
      try values.encode(Kind.dropout, forKey: .kind)
      try values.encode(rate, forKey: .rate)
    case .maxout(let outputs, let pieces):
      try values.encode(Kind.maxout, forKey: .kind)
      try values.encode(outputs, forKey: .outputs)
      try values.encode(pieces, forKey: .pieces)
    }
  }
}
