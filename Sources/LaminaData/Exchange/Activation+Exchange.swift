import Lamina

/// Each activation as other programs write it.
extension Activation {
  /// Adds the function of the value `z` to a graph, and returns the name of the result.
  func add(to graph: inout ONNXGraph, of z: String) -> String {
    switch self {
    case .identity: return z
    case .step:
      let zero = graph.constant([Float(0)], shape: [])
      return graph.cast(graph.add("GreaterOrEqual", z, zero), to: .single)
    case .logistic: return graph.add("Sigmoid", z)
    case .scaledLogistic(let scale):
      let factor = graph.constant([scale], shape: [])
      return graph.add("Sigmoid", graph.add("Mul", z, factor))
    case .tanh: return graph.add("Tanh", z)
    case .relu: return graph.add("Relu", z)
    case .leakyReLU(let slope):
      return graph.add("LeakyRelu", z, attributes: [.single("alpha", slope)])
    case .absolute: return graph.add("Abs", z)
    case .softplus: return graph.add("Softplus", z)
    case .gelu:
      // z (1 + erf(z / √2)) / 2: the operator Gelu is younger than opset 17.
      let scaled = graph.add("Mul", z, graph.constant([Float(0.5).squareRoot()], shape: []))
      let sum = graph.add("Add", graph.add("Erf", scaled), graph.constant([Float(1)], shape: []))
      return graph.add("Mul", graph.add("Mul", z, graph.constant([Float(0.5)], shape: [])), sum)
    case .silu: return graph.add("Mul", z, graph.add("Sigmoid", z))
    case .mish:
      return graph.add("Mul", z, graph.add("Tanh", graph.add("Softplus", z)))
    case .elu(let alpha): return graph.add("Elu", z, attributes: [.single("alpha", alpha)])
    case .softmax: return graph.add("Softmax", z, attributes: [.integer("axis", -1)])
    case .logSoftmax: return graph.add("LogSoftmax", z, attributes: [.integer("axis", -1)])
    }
  }

  /// An expression for PyTorch: a function of a tensor with a row per example.
  var pyTorch: String {
    switch self {
    case .identity: "nn.Identity()"
    case .step: "lambda z: (z >= 0).float()"
    case .logistic: "nn.Sigmoid()"
    case .scaledLogistic(let scale): "lambda z: torch.sigmoid(\(scale) * z)"
    case .tanh: "nn.Tanh()"
    case .relu: "nn.ReLU()"
    case .leakyReLU(let slope): "nn.LeakyReLU(\(slope))"
    case .absolute: "torch.abs"
    case .softplus: "nn.Softplus()"
    case .gelu: "nn.GELU()"
    case .silu: "nn.SiLU()"
    case .mish: "nn.Mish()"
    case .elu(let alpha): "nn.ELU(\(alpha))"
    case .softmax: "nn.Softmax(dim=1)"
    case .logSoftmax: "nn.LogSoftmax(dim=1)"
    }
  }
}
