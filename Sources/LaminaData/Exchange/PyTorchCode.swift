import Lamina

/// Code for Python that loads a model into PyTorch.
///
/// It defines `network`, a module whose state has the names of the file, and `predict`, which takes
/// inputs as the data have them and gives what `lamina predict` writes.
package struct PyTorchCode {
  private let model: Model
  private let path: String
  private let meaning: OutputMeaning

  /// Code for the model in the file at `path`.
  package init(_ model: Model, path: String) {
    self.model = model
    self.path = path
    meaning = OutputMeaning(model.description, model.task)
  }

  private var network: NetworkDescription { model.description }

  /// The lines.
  package var text: String {
    var parts = [imports]
    if uses({ if case .dense = $0 { true } else { false } }) { parts.append(Self.dense) }
    if uses({ if case .maxout = $0 { true } else { false } }) { parts.append(Self.maxout) }
    if !network.embeddedColumns.isEmpty { parts.append(Self.embedding) }
    if uses({ if case .residual = $0 { true } else { false } }) { parts.append(Self.residual) }
    if uses(\.isFunction) { parts.append(Self.function) }
    parts.append(Self.wrapper)
    let lines = list(network.layers, inputs: network.inputs, indent: "    ")
    parts.append(
      """
      network = Network(
      \(lines.joined(separator: ",\n")),
      )
      network.load_state_dict(load_file(path))
      network.eval()
      """)
    parts.append(prediction)
    return parts.joined(separator: "\n\n\n") + "\n"
  }

  /// Whether a layer, of those inside of others too, has a property.
  private func uses(_ has: (Layer) -> Bool) -> Bool {
    network.layers.flatMap(\.withInner).contains(where: has)
  }

  private var imports: String {
    """
    import json

    import torch
    from safetensors import safe_open
    from safetensors.torch import load_file
    from torch import nn

    path = \(Self.literal(path))
    with safe_open(path, framework="pt") as file:
        description = json.loads(file.metadata()["lamina"])["network"]
    """
  }

  /// A text as a literal of Python.
  private static func literal(_ text: String) -> String {
    let characters = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\0"..<" ": "\\x\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))"
      default: "\(scalar)"
      }
    }
    return "\"\(characters.joined())\""
  }

  private static let dense = """
    class Dense(nn.Linear):
        def __init__(self, inputs, outputs, activation):
            super().__init__(inputs, outputs)
            self.activation = activation

        def forward(self, x):
            return self.activation(super().forward(x))
    """

  private static let maxout = """
    class Maxout(nn.Linear):
        def __init__(self, inputs, outputs, pieces):
            super().__init__(inputs, outputs * pieces)
            self.shape = (pieces, outputs)

        def forward(self, x):
            return super().forward(x).unflatten(1, self.shape).amax(1)
    """

  private static let embedding = """
    class Embedding(nn.Module):
        def __init__(self, *tables):
            super().__init__()
            self.embeddings = nn.ModuleList(nn.Embedding(*table) for table in tables)

        def forward(self, x):
            first = x.shape[1] - len(self.embeddings)
            parts = [x[:, :first]]
            for column, table in zip(x[:, first:].unbind(1), self.embeddings):
                known = (column >= 0) & (column < table.num_embeddings) & (column == column.floor())
                parts.append(table(torch.where(known, column, 0).long()) * known[:, None])
            return torch.cat(parts, 1)
    """

  private static let residual = """
    class Residual(nn.Module):
        def __init__(self, *layers):
            super().__init__()
            self.layers = nn.Sequential(*layers)

        def forward(self, x):
            return x + self.layers(x)
    """

  private static let function = """
    class Function(nn.Module):
        def __init__(self, function):
            super().__init__()
            self.function = function

        def forward(self, x):
            return self.function(x)
    """

  private static let wrapper = """
    class Network(nn.Module):
        def __init__(self, *layers):
            super().__init__()
            self.layers = nn.Sequential(*layers)

        def forward(self, x):
            return self.layers(x)
    """

  private func list(_ layers: [Layer], inputs: Int, indent: String) -> [String] {
    var size = inputs
    return layers.map { layer in
      defer { size = layer.outputs(inputs: size) }
      return indent + expression(layer, inputs: size, indent: indent)
    }
  }

  private func expression(_ layer: Layer, inputs: Int, indent: String) -> String {
    switch layer {
    case .dense(let outputs, let activation):
      return "Dense(\(inputs), \(outputs), \(activation.pyTorch))"
    case .activation(let activation): return "Function(\(activation.pyTorch))"
    case .residual(let layers):
      let inner = list(layers, inputs: inputs, indent: indent + "    ")
      return "Residual(\n\(inner.joined(separator: ",\n")),\n\(indent))"
    case .batchNormalization(let momentum, let epsilon):
      return "nn.BatchNorm1d(\(inputs), eps=\(epsilon), momentum=\(momentum))"
    case .layerNormalization(let epsilon): return "nn.LayerNorm(\(inputs), eps=\(epsilon))"
    case .dropout(let rate): return "nn.Dropout(\(rate))"
    case .maxout(let outputs, let pieces): return "Maxout(\(inputs), \(outputs), \(pieces))"
    case .embedding(let columns):
      return
        "Embedding(\(columns.map { "(\($0.categories), \($0.width))" }.joined(separator: ", ")))"
    }
  }

  private var prediction: String {
    """
    def predict(inputs):
        x = torch.as_tensor(inputs, dtype=torch.float64)
    \(inputLines.joined(separator: "\n"))
        with torch.no_grad():
            outputs = network(x)
    \(outputLines.joined(separator: "\n"))
    """
  }

  /// The scaling of the inputs, in 64 bits as far as Lamina does it so.
  private var inputLines: [String] {
    switch network.inputScaling {
    case .identity: ["    x = x.float()"]
    case .uniform(let scale, let offset): ["    x = x.float() * \(scale) + \(offset)"]
    case .perFeature:
      [
        "    scaling = description[\"inputScaling\"]",
        network.inputScaling.isUncentered
          ? "    x = x.float()"
          : "    x = (x - torch.tensor(scaling[\"centers\"], dtype=torch.float64)).float()",
        "    x = x * torch.tensor(scaling[\"scales\"]) + torch.tensor(scaling[\"offsets\"])",
      ]
    }
  }

  private var outputLines: [String] {
    switch meaning {
    case .plain: return ["    return outputs"]
    case .softmax:
      return network.outputActivation == .softmax
        ? ["    return outputs"] : ["    return torch.softmax(\(logits), dim=1)"]
    case .logistic: return ["    return torch.sigmoid(\(logits))"]
    case .step: return ["    return (outputs >= 0).float()"]
    case .targets:
      return [
        "    scaling = description[\"targetScaling\"]",
        "    deviations = torch.tensor(scaling[\"deviations\"], dtype=torch.float64)",
        "    return outputs.double() * deviations + torch.tensor(scaling[\"means\"], dtype=torch.float64)",
      ]
    case .counts: return ["    return outputs.double().exp()"]
    case .quantiles:
      return [
        "    quantiles = outputs.double().reshape(len(outputs), -1, \(network.targets))"
      ] + unscaled("quantiles") + [
        "    return quantiles.sort(dim=1).values.reshape(len(outputs), -1)"
      ]
    case .distributions: return distributionLines
    case .inputs: return restoringLines
    }
  }

  /// The outputs divided by the temperature.
  private var logits: String { network.temperature.map { "outputs / \($0)" } ?? "outputs" }

  /// The lines that undo the scaling of the targets for a variable.
  private func unscaled(_ name: String) -> [String] {
    guard network.targetScaling != nil else { return [] }
    return [
      "    scaling = description[\"targetScaling\"]",
      "    deviations = torch.tensor(scaling[\"deviations\"], dtype=torch.float64)",
      "    \(name) = \(name) * deviations + torch.tensor(scaling[\"means\"], dtype=torch.float64)",
    ]
  }

  /// Means and standard deviations of normal distributions.
  private var distributionLines: [String] {
    guard case .gaussianLikelihood(let epsilon) = network.loss else { return [] }
    let spreads = network.targetScaling == nil ? "spreads" : "spreads * deviations"
    return [
      "    means, variances = outputs.double().chunk(2, dim=1)",
      "    spreads = variances.exp().clamp(min=\(epsilon)).sqrt()",
    ] + unscaled("means") + ["    return torch.cat([means, \(spreads)], dim=1)"]
  }

  /// The inverse of the scaling of the inputs.
  private var restoringLines: [String] {
    switch network.inputScaling {
    case .identity: return ["    return outputs"]
    case .uniform(let scale, let offset):
      return ["    return (outputs.double() - \(offset)) / \(scale)"]
    case .perFeature:
      let centers =
        network.inputScaling.isUncentered
        ? "0" : "torch.tensor(scaling[\"centers\"], dtype=torch.float64)"
      return [
        "    scales = torch.tensor(scaling[\"scales\"]).double()",
        "    steps = outputs.double() - torch.tensor(scaling[\"offsets\"])",
        "    # An input that never varied has the scale 0.",
        "    return torch.where(scales == 0, 0, steps / scales) + \(centers)",
      ]
    }
  }
}

extension Layer {
  /// The layer and those inside of it.
  fileprivate var withInner: [Layer] {
    if case .residual(let layers) = self { [self] + layers.flatMap(\.withInner) } else { [self] }
  }

  /// Whether it is a function without tensors.
  fileprivate var isFunction: Bool { if case .activation = self { true } else { false } }
}
