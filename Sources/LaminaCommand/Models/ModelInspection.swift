import Lamina
import LaminaData
import LaminaText

/// What `lamina inspect --model` shows.
struct ModelInspection {
  /// The most outputs that are shown.
  private static let mostShown = 40

  let path: String
  let model: Model

  private var network: NetworkDescription { model.description }

  var text: String {
    let version = model.programVersion.map { "by version \($0)" } ?? "by version 0.1"
    let facts = [
      "\(path): \(network.text), \(network.parameterCount) parameters, trained \(version)",
      "for \(model.task.rawValue): \(outputs)",
      "inputs: \(inputs)", "scaling: \(scaling)",
    ]
    let tensors = Format.table(
      [["tensor", "shape"]]
        + network.parameterTensors.map { tensor in
          [tensor.name, tensor.shape.map { "\($0)" }.joined(separator: " x ")]
        })
    let columns = model.schema?.columns ?? []
    return facts.joined(separator: "\n") + "\n" + model.notices.map { "\($0)\n" }.joined()
      + model.decisions.text + "\n"
      + (columns.isEmpty ? "" : ColumnTable.text(of: columns) + "\n") + tensors
  }

  private var outputs: String {
    let names = model.classNames
    guard !names.isEmpty else { return "its own inputs" }
    let more = names.count - Self.mostShown
    return names.prefix(Self.mostShown).map { shortened($0) }.joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "") + thresholds
  }

  private var thresholds: String {
    guard model.task == .multiLabel else { return "" }
    return ", predicted above \(model.thresholds.map { "\($0)" }.joined(separator: ", "))"
  }

  private var inputs: String {
    if let size = model.imageSize { return "pictures of \(size.height) x \(size.width) pixels" }
    guard let columns = model.schema?.columns, !columns.isEmpty else { return "\(network.inputs)" }
    return "\(columns.count) columns, which become \(network.inputs)"
  }

  private var scaling: String {
    switch network.inputScaling {
    case .uniform(let scale, let offset):
      scale == 1 && offset == 0 ? "none" : "each input times \(scale), plus \(offset)"
    case .perFeature: "a centre and a scale for each input"
    }
  }

  /// The same as an object.
  var json: JSON {
    JSON([
      "model": path, "network": network.text, "parameters": network.parameterCount,
      "task": model.task.rawValue, "version": model.programVersion, "inputs": network.inputs,
    ])
      + .object([
        "outputs": .array(model.classNames.map { .string($0) }),
        "thresholds": .array(model.thresholds.map { .number($0) }),
        "decisions": model.decisions.json,
        "columns": .array((model.schema?.columns ?? []).map(\.json)),
        "tensors": .array(
          network.parameterTensors.map { tensor in
            JSON(["name": tensor.name])
              + .object(["shape": .array(tensor.shape.map { .integer($0) })])
          }),
      ])
  }
}
