/// In JSON a layer is an object with its `kind`. Without a kind it is dense, as in models of
/// version 1.
extension Layer: Codable {
  private enum Key: String, CodingKey {
    case kind, outputs, activation, layers, momentum, epsilon, rate, pieces, columns
  }

  private enum Kind: String, Codable {
    case dense, activation, residual
    case batchNormalization = "batch_normalization"
    case layerNormalization = "layer_normalization"
    case dropout, maxout, embedding
  }

  /// Reads a layer.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch try values.decodeIfPresent(Kind.self, forKey: .kind) ?? .dense {
    case .dense:
      self = .dense(
        outputs: try values.decode(Int.self, forKey: .outputs),
        activation: try values.decode(Activation.self, forKey: .activation))
    case .activation: self = .activation(try values.decode(Activation.self, forKey: .activation))
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
    case .embedding:
      self = .embedding(try values.decode([EmbeddedColumn].self, forKey: .columns))
    }
  }

  /// Writes a layer.
  public func encode(to encoder: any Encoder) throws {
    let values =
      switch self {
      case .dense(let outputs, let activation):
        Values(kind: .dense, outputs: outputs, activation: activation)
      case .activation(let activation): Values(kind: .activation, activation: activation)
      case .residual(let layers): Values(kind: .residual, layers: layers)
      case .batchNormalization(let momentum, let epsilon):
        Values(kind: .batchNormalization, momentum: momentum, epsilon: epsilon)
      case .layerNormalization(let epsilon): Values(kind: .layerNormalization, epsilon: epsilon)
      case .dropout(let rate): Values(kind: .dropout, rate: rate)
      case .maxout(let outputs, let pieces): Values(kind: .maxout, outputs: outputs, pieces: pieces)
      case .embedding(let columns): Values(kind: .embedding, columns: columns)
      }
    try values.encode(to: encoder)
  }

  /// The values of a layer. Those that the layer does not have are left out.
  private struct Values: Encodable {
    let kind: Kind
    var outputs: Int?
    var activation: Activation?
    var layers: [Layer]?
    var momentum, epsilon, rate: Float?
    var pieces: Int?
    var columns: [EmbeddedColumn]?
  }
}
