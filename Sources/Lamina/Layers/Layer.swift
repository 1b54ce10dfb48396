/// A layer of a network, as its description has it.
public enum Layer: Sendable, Hashable {
  /// `f(x · weights + bias)`.
  case dense(outputs: Int, activation: Activation)
  /// `f(x)`, elementwise, after a layer that has no activation of its own.
  case activation(Activation)
  /// `x + F(x)`, where `F` is the layers in order; its outputs are as many as its inputs.
  case residual([Layer])

  /// The number of outputs, given the number of inputs.
  public func outputs(inputs: Int) -> Int {
    switch self {
    case .dense(let outputs, _): outputs
    case .activation, .residual: inputs
    }
  }

  /// Size and activation of a dense layer; nil for others.
  public var dense: (outputs: Int, activation: Activation)? {
    if case .dense(let outputs, let activation) = self { (outputs, activation) } else { nil }
  }

  /// Such as `128`, `relu` or `residual(64, 64)`.
  public var name: String {
    switch self {
    case .dense(let outputs, _): "\(outputs)"
    case .activation(let activation): activation.rawValue
    case .residual(let layers): "residual(\(layers.map(\.name).joined(separator: ", ")))"
    }
  }

  /// Refuses sizes that make no sense; `name` says which layer it is.
  func validate(inputs: Int, name: String) throws(NetworkError) {
    switch self {
    case .dense(let outputs, _):
      guard (1...1_000_000).contains(outputs) else {
        throw .invalid("the size of \(name)", value: "\(outputs)", wanted: "from 1 to 1000000")
      }
    case .activation: break
    case .residual(let layers):
      guard !layers.isEmpty else {
        throw .invalid("the number of layers in \(name)", value: "0", wanted: "at least 1")
      }
      let outputs = try layers.validate(inputs: inputs, prefix: "\(name), layer ")
      guard outputs == inputs else {
        throw .mismatch(
          "\(name) is a residual block with \(inputs) inputs and \(outputs) outputs; "
            + "they must be as many, since they are added")
      }
    }
  }
}

extension [Layer] {
  /// Refuses layers that make no sense; returns the number of outputs of the last.
  func validate(inputs: Int, prefix: String) throws(NetworkError) -> Int {
    var size = inputs
    for (number, layer) in enumerated() {
      try layer.validate(inputs: size, name: "\(prefix)\(number + 1)")
      size = layer.outputs(inputs: size)
    }
    return size
  }
}
