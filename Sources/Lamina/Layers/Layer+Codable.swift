/// In JSON a layer is an object whose `kind` says which; without one it is dense, as in models of
/// version 1.
extension Layer: Codable {
  private enum Key: String, CodingKey {
    case kind, outputs, activation, layers
  }

  private enum Kind: String, Codable {
    case dense, activation, residual
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
    }
  }
}
