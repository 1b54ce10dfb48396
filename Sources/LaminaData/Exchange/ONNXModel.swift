import FoundationEssentials
import Glibc
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
        ? values : Activation.softmax.add(to: &graph, of: cooled(values))
    case .logistic: return Activation.logistic.add(to: &graph, of: cooled(values))
    case .step: return Activation.step.add(to: &graph, of: values)
    case .targets:
      guard let scaling = network.targetScaling else { return values }
      return linear(values, factors: scaling.deviations, terms: scaling.means)
    case .counts: return graph.add("Exp", graph.cast(values, to: .double))
    case .quantiles: return quantiles(values)
    case .distributions: return distributions(values)
    case .inputs: return restored(values)
    }
  }

  /// Logits divided by the temperature.
  private mutating func cooled(_ logits: String) -> String {
    guard let temperature = network.temperature else { return logits }
    return graph.add("Div", logits, graph.constant([Float(temperature)], shape: []))
  }

  /// Undoes the scaling of the targets for each level, and sorts the levels of a target.
  private mutating func quantiles(_ values: String) -> String {
    let (targets, levels) = (network.targets, network.outputs / network.targets)
    var numbers = graph.cast(values, to: .double)
    if let scaling = network.targetScaling {
      let all = 0..<network.outputs
      numbers = linear(
        values, factors: all.map { scaling.deviations[$0 % targets] },
        terms: all.map { scaling.means[$0 % targets] })
    }
    let levelled = graph.add("Reshape", numbers, graph.constant([-1, levels, targets]))
    let sorted = graph.add(
      "TopK", levelled, graph.constant([levels]),
      attributes: [.integer("axis", 1), .integer("largest", 0)], unused: 1)
    return graph.add("Reshape", sorted, graph.constant([-1, network.outputs]))
  }

  /// Undoes the scaling of the targets for the means, and makes standard deviations of the logarithms
  /// of variances.
  private mutating func distributions(_ values: String) -> String {
    guard case .gaussianLikelihood(let epsilon) = network.loss else { return values }
    let targets = network.targets
    let wide = graph.cast(values, to: .double)
    func part(_ index: Int) -> String {
      graph.add(
        "Slice", wide, graph.constant([index * targets]), graph.constant([(index + 1) * targets]),
        graph.constant([1]))
    }
    let scaling = network.targetScaling
    let (factors, terms) = (
      scaling?.deviations ?? .init(repeating: 1, count: targets),
      scaling?.means ?? .init(repeating: 0, count: targets)
    )
    let means = linear(part(0), factors: factors, terms: terms)
    let least = graph.constant([log(Double(epsilon))], shape: [])
    let variances = graph.add("Max", part(1), least)
    let halves = graph.add("Mul", variances, graph.constant([0.5] as [Double], shape: []))
    let spreads = linear(
      graph.add("Exp", halves), factors: factors, terms: factors.map { _ in 0 })
    return graph.add("Concat", means, spreads, attributes: [.integer("axis", 1)])
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

  /// The names of the outputs: those of the targets, with what an output tells of its target.
  private var outputNames: [String] {
    let targets = PredictionLayout.outputs(of: model)
    return network.loss.outputParts.flatMap { part in
      targets.map { target in
        switch part {
        case .value: target
        case .mean: "\(target) mean"
        case .spread: "\(target) spread"
        case .quantile(let level): "\(target) quantile \(level)"
        }
      }
    }
  }

  /// What the numbers mean; lists are JSON.
  private var metadata: [(String, String)] {
    let names = model.schema?.inputNames ?? []
    var metadata = [
      ("task", model.task.rawValue), ("meaning", meaning.text(network, model.task)),
      ("outputs", Self.json(outputNames)),
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
