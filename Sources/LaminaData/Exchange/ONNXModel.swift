import FoundationEssentials
import Lamina

/// A model as a file of ONNX: from inputs as the data have them to what `lamina predict` writes.
///
/// The input is `inputs`, the output `outputs`, both with a row per example. What Lamina computes in
/// 64 bits, the centres of inputs and the unit of targets, the graph does too, so that these inputs
/// and outputs are 64-bit floats.
struct ONNXModel {
  private static let operators: Int64 = 17
  private static let representation: Int64 = 8

  private let model: Model
  private let isSingle: Bool
  private var graph = ONNXGraph()
  private let meaning: OutputMeaning

  /// - Parameter isSingle: Whether inputs and outputs are 32-bit floats in any case.
  init(_ model: Model, isSingle: Bool) {
    self.model = model
    self.isSingle = isSingle
    meaning = OutputMeaning(model.description, model.task)
  }

  private var network: NetworkDescription { model.description }

  /// The file.
  mutating func bytes() throws(ExportProblem) -> [UInt8] {
    let isCentered = !network.inputScaling.isUncentered
    let inputs = scaled("inputs", isDouble: isCentered && !isSingle)
    let layers = ONNXLayers(network, model.parameters)
    let outputs = meant(layers.add(network.layers, to: &graph, of: inputs))
    let isDouble = meaning.isDouble(network)
    let narrowed = isDouble && isSingle ? graph.cast(outputs, to: .single) : outputs
    _ = graph.add("Identity", narrowed, named: "outputs")
    // The format's messages have a limit of 2 GiB, and a reserve for what is not constants.
    let most = Int(Int32.max) - 1 << 20
    guard graph.byteCount <= most else {
      throw .tooLarge(format: "ONNX", bytes: graph.byteCount, limit: most)
    }
    return message(
      graph.message(
        name: "lamina",
        input: ("inputs", isCentered && !isSingle ? .double : .single, network.inputs),
        output: ("outputs", isDouble && !isSingle ? .double : .single, network.outputs))
    ).bytes
  }

  /// The inputs as the first layer sees them.
  private mutating func scaled(_ inputs: String, isDouble: Bool) -> String {
    switch network.inputScaling {
    case .identity: return inputs
    case .uniform(let scale, let offset):
      let product = graph.add("Mul", inputs, graph.constant([scale], shape: []))
      return graph.add("Add", product, graph.constant([offset], shape: []))
    case .perFeature(let centers, let scales, let offsets):
      var value = inputs
      if !network.inputScaling.isUncentered {
        let wide = isDouble ? inputs : graph.cast(inputs, to: .double)
        let constant = graph.constant(centers, shape: [centers.count])
        value = graph.cast(graph.add("Sub", wide, constant), to: .single)
      }
      let product = graph.add("Mul", value, graph.constant(scales, shape: [scales.count]))
      return graph.add("Add", product, graph.constant(offsets, shape: [offsets.count]))
    }
  }

  /// What the values of the last layer mean.
  private mutating func meant(_ values: String) -> String {
    switch meaning {
    case .plain: return values
    case .softmax:
      return network.outputActivation == .softmax
        ? values : Activation.softmax.add(to: &graph, of: values)
    case .logistic: return Activation.logistic.add(to: &graph, of: values)
    case .step: return Activation.step.add(to: &graph, of: values)
    case .targets:
      guard let scaling = network.targetScaling else { return values }
      return linear(values, factors: scaling.deviations, terms: scaling.means)
    case .inputs: return restored(values)
    }
  }

  /// Undoes the scaling of the inputs.
  private mutating func restored(_ values: String) -> String {
    let (scaling, features) = (network.inputScaling, 0..<network.inputs)
    guard scaling != .identity else { return values }
    // A feature whose scale is 0 becomes its centre.
    let factors = features.map {
      scaling.scale(of: $0) == 0 ? 0 : 1 / Double(scaling.scale(of: $0))
    }
    let terms = features.map { feature in
      scaling.center(of: feature) - Double(scaling.offset(of: feature)) * factors[feature]
    }
    let wide = linear(values, factors: factors, terms: terms)
    return scaling.isUncentered ? graph.cast(wide, to: .single) : wide
  }

  /// `factor · value + term` for each column, in 64 bits.
  private mutating func linear(_ values: String, factors: [Double], terms: [Double]) -> String {
    let wide = graph.cast(values, to: .double)
    let product = graph.add("Mul", wide, graph.constant(factors, shape: [factors.count]))
    return graph.add("Add", product, graph.constant(terms, shape: [terms.count]))
  }

  /// The whole file (`ModelProto`).
  private func message(_ graph: ProtobufMessage) -> ProtobufMessage {
    var operators = ProtobufMessage()
    operators.add(1, "")
    operators.add(2, Self.operators)
    var message = ProtobufMessage()
    message.add(1, Self.representation)
    message.add(2, "lamina")
    message.add(3, LaminaVersion.text)
    message.add(7, graph)
    message.add(8, operators)
    for (key, value) in metadata {
      var entry = ProtobufMessage()
      entry.add(1, key)
      entry.add(2, value)
      message.add(14, entry)
    }
    return message
  }

  /// What the numbers mean; lists are JSON.
  private var metadata: [(String, String)] {
    let names = model.schema?.inputNames ?? []
    var metadata = [
      ("task", model.task.rawValue), ("meaning", meaning.text(network, model.task)),
      ("outputs", Self.json(PredictionLayout.outputs(of: model))),
    ]
    if !names.isEmpty { metadata.append(("inputs", Self.json(names))) }
    if model.task == .multiLabel { metadata.append(("thresholds", Self.json(model.thresholds))) }
    return metadata
  }

  private static func json(_ list: some Encodable) -> String {
    // Texts and finite numbers always encode.
    String(decoding: (try? JSONEncoder().encode(list)) ?? Data(), as: UTF8.self)
  }
}
