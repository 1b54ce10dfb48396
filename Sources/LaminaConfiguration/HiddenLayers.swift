package import Lamina

/// The layers before the output layer, written as `128, dropout(0.5), 64 tanh` or `none`.
package struct HiddenLayers: Hashable, CustomStringConvertible {
  /// A layer. A dense layer without an activation takes that of `--activation`.
  package indirect enum Item: Hashable {
    case dense(outputs: Int, activation: Activation?)
    case residual([Item])
    case layer(Layer)
  }

  /// The text that the user gave.
  package let description: String
  package let items: [Item]

  /// Reads the value of `--hidden`.
  package init(parsing text: String) throws(TextError) {
    description = text
    items = text == "none" ? [] : try Item.parse(Call.items(of: text))
  }

  /// Whether a dense layer has no activation of its own.
  package var needsActivation: Bool { items.contains(where: \.needsActivation) }

  /// The layers. Dense layers without their own activation get `activation`.
  package func layers(activation: Activation) -> [Layer] { items.map { $0.layer(activation) } }
}

extension HiddenLayers.Item {
  private static let names = [
    "batch_normalization", "layer_normalization", "dropout", "maxout", "residual",
  ]

  /// Reads a layer: a size with or without an activation, a layer's name with arguments, or only an
  /// activation.
  init(parsing text: String) throws(TextError) {
    let first = text.prefix { !$0.isWhitespace }
    if first.first?.isNumber == true || first.first == "-" {
      let rest = text.dropFirst(first.count).drop(while: \.isWhitespace)
      self = .dense(
        outputs: try Self.check(size: String(first)),
        activation: rest.isEmpty ? nil : try Activation(parsing: String(rest)))
      return
    }
    let call = try Call(parsing: text)
    switch call.name {
    case "batch_normalization":
      let arguments = try CallArguments(call, names: ["momentum", "epsilon"])
      self = .layer(
        .batchNormalization(
          momentum: Float(try arguments.number("momentum", default: 0.1)),
          epsilon: Float(try arguments.number("epsilon", default: 1e-5))))
    case "layer_normalization":
      let arguments = try CallArguments(call, names: ["epsilon"])
      self = .layer(
        .layerNormalization(epsilon: Float(try arguments.number("epsilon", default: 1e-5))))
    case "dropout":
      let arguments = try CallArguments(call, names: ["rate"])
      self = .layer(.dropout(rate: Float(try arguments.number("rate"))))
    case "maxout":
      let arguments = try CallArguments(call, names: ["outputs", "pieces"])
      self = .layer(
        .maxout(
          outputs: try Self.check(size: arguments.text("outputs") ?? "no"),
          pieces: try arguments.integer("pieces", default: 2)))
    case "residual":
      self = .residual(try Self.parse(call.arguments.map(\.text)))
    default:
      self = .layer(.activation(try Self.activation(text, name: call.name)))
    }
  }

  /// Reads several layers.
  fileprivate static func parse(_ texts: [String]) throws(TextError) -> [Self] {
    try texts.map { text throws(TextError) in try Self(parsing: text) }
  }

  /// Reads an activation. The error for an unknown name suggests a layer or an activation.
  private static func activation(
    _ text: String, name: String
  ) throws(TextError) -> Activation {
    let activations = Activation.allCases.map(\.name)
    guard activations.contains(name) else {
      let suggestion = NearestName.suggestion(for: name, among: names + activations)
      throw TextError(
        "there is no layer '\(name)'\(suggestion); or give sizes, as in 128,64, or none")
    }
    return try Activation(parsing: text)
  }

  private static func check(size text: String) throws(TextError) -> Int {
    guard let size = Int(text), (1...1_000_000).contains(size) else {
      throw TextError(
        "a layer has \(text) outputs; give sizes from 1 to 1000000, separated by commas, or none")
    }
    return size
  }

  /// Whether it is or holds a dense layer without an activation of its own.
  fileprivate var needsActivation: Bool {
    switch self {
    case .dense(_, let activation): activation == nil
    case .residual(let items): items.contains(where: \.needsActivation)
    case .layer: false
    }
  }

  /// The layer. A dense layer without its own activation gets `activation`.
  package func layer(_ activation: Activation) -> Layer {
    switch self {
    case .dense(let outputs, let own): .dense(outputs: outputs, activation: own ?? activation)
    case .residual(let items): .residual(items.map { $0.layer(activation) })
    case .layer(let layer): layer
    }
  }
}
