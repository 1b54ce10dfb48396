import Glibc
import Lamina
import LaminaData
import LaminaText

/// One example and the prediction of a model, next to the truth where that is known.
struct ShownPrediction {
  private static let barWidth = 40

  let source: ModelAndData

  /// Prints the example with this index.
  func show(_ index: Int) throws {
    let (model, example, decisions, isKnown) = try example(at: index)
    let (outputs, error) = try source.outputs(of: model, for: example)
    var text = "test example \(index) of \(source.measured)\n\(decisions.text)\(error.sentence)\n\n"
    if let size = example.imageSize {
      text += ImageText(for: .standardOutput).draw(example.pixels, size: size) + "\n"
    }
    text +=
      isKnown ? Self.answer(outputs, of: model, for: example) : Self.answer(outputs, of: model)
    if !isKnown, model.task == .autoEncoding {
      text += Self.answer(outputs, of: model, for: example)
    }
    Terminal.standardOutput.write(text)
  }

  /// The example of the test set, with its target, or that of all examples if there are no targets.
  private func example(
    at index: Int
  ) throws -> (model: Model, example: Dataset, decisions: [DataDecision], isKnown: Bool) {
    do {
      let (model, test, decisions) = try source.load()
      return (model, try test.example(at: index), decisions, true)
    } catch let error as DataError where error.isAboutMissingTargets {
      let model = try Model(path: source.model)
      var data = model.source(source.measured)
      source.text.apply(to: &data.options)
      let stream = try model.stream(data)
      let example = try stream.example(at: index)
      return (model, example, stream.decisions + [.noTargets], false)
    }
  }

  /// The prediction of the network for one example, next to the truth.
  private static func answer(
    _ outputs: [Float], of model: Model, for example: Dataset
  ) -> String {
    let network = model.description
    switch example.targets {
    case .classes(let labels, let names):
      return classes(outputs, of: model, names: names, label: Int(labels[0]))
    case .labels(let targets, let names):
      return comparison("probability", shares(outputs, network), targets.map { Double($0) }, names)
    case .values(let targets, let names):
      return numbers(outputs, of: network, targets, names)
    case .inputs:
      let inputs = example.scaledInputs(by: network.inputScaling).map { Double($0) }
      if let size = example.imageSize {
        return "reconstruction\n" + ImageText(for: .standardOutput).draw(outputs, size: size)
      }
      return comparison(
        "predicted", outputs.map { Double($0) }, inputs, inputs.indices.map { "\($0)" })
    }
  }

  /// The prediction of the network for one example whose target is not known.
  private static func answer(_ outputs: [Float], of model: Model) -> String {
    let network = model.description
    let names = model.classNames.isEmpty ? (0..<network.targets).map { "\($0)" } : model.classNames
    return switch model.task {
    case .classification: classes(outputs, of: model, names: names, label: nil)
    case .multiLabel: comparison("probability", shares(outputs, network), nil, names)
    case .regression: numbers(outputs, of: network, nil, names)
    case .autoEncoding: ""
    }
  }

  private static func classes(
    _ outputs: [Float], of model: Model, names: [String], label: Int?
  ) -> String {
    let network = model.description
    let predicted = ClassificationReport.prediction(
      network.logits(outputs), threshold: model.thresholds[0])
    var verdict = "predicted  \(names[predicted])\n"
    if let label {
      verdict += "true       \(names[label])\(predicted == label ? "" : "  (wrong)")\n"
    }
    guard network.tellsProbabilities else {
      return verdict + "\n" + comparison("output", outputs.map { Double($0) }, nil, names)
    }
    let logits = network.logits(outputs)
    return verdict + "\n" + probabilities(Softmax.probabilities(logits), names: names)
  }

  /// The probability of each label.
  private static func shares(_ outputs: [Float], _ network: NetworkDescription) -> [Double] {
    let isLogit = network.labelKind == .logits
    return network.labelOutputs(outputs).map {
      isLogit ? 1 / (1 + exp(-Double($0))) : Double($0)
    }
  }

  /// Everything that the outputs say of each target, in the unit of the data.
  private static func numbers(
    _ outputs: [Float], of network: NetworkDescription, _ targets: [Double]?, _ names: [String]
  ) -> String {
    let (numbers, parts) = (network.numbers(outputs), network.loss.outputParts)
    let heads = [""] + parts.map(\.text) + (targets == nil ? [] : ["true"])
    let rows = names.indices.map { target in
      [names[target]]
        + (parts.indices.map { numbers[$0 * names.count + target] }
        + (targets.map { [$0[target]] } ?? []))
        .map { Format.decimal($0, places: 4) }
    }
    return Format.table([heads] + rows, numeric: Set(1..<heads.count))
  }

  private static func comparison(
    _ head: String, _ outputs: [Double], _ targets: [Double]?, _ names: [String]
  ) -> String {
    let rows = names.indices.map { index in
      [names[index], Format.decimal(outputs[index], places: 4)]
        + (targets.map { [Format.decimal($0[index], places: 4)] } ?? [])
    }
    let heads = ["", head] + (targets == nil ? [] : ["true"])
    return Format.table([heads] + rows, numeric: [1, 2])
  }

  private static func probabilities(_ probabilities: [Double], names: [String]) -> String {
    let cell = Terminal.standardOutput.showsUnicode ? "█" : "#"
    let rows = zip(names, probabilities).map { name, probability in
      // Weights near the limits of floats give probabilities that are NaN.
      let length = probability.isFinite ? Int((probability * Double(barWidth)).rounded()) : 0
      return [
        name, Format.decimal(probability, places: 4), String(repeating: cell, count: length),
      ]
    }
    return Format.table(rows, numeric: [1])
  }
}

extension OutputPart {
  /// The head of its column.
  fileprivate var text: String {
    switch self {
    case .value, .mean: "predicted"
    case .spread: "spread"
    case .quantile(let level): "quantile \(level)"
    }
  }
}

extension Dataset {
  /// The inputs as floats, not scaled.
  fileprivate var pixels: [Float] {
    switch inputs {
    case .bytes(let bytes): bytes.map(Float.init)
    case .floats(let floats): floats
    case .doubles(let doubles): doubles.map { Float($0) }
    }
  }
}

extension ExampleStream {
  /// The example with this index among all.
  fileprivate func example(at index: Int) throws -> Dataset {
    var count = 0
    while index >= 0, let block = try next() {
      if index < count + block.examples.count { return block.examples.examples([index - count]) }
      count += block.examples.count
    }
    guard index >= 0 else {
      throw InputError("there is no example \(index): the first one is number 0")
    }
    throw InputError(
      "there is no example \(index): \(name) has \(count), numbered from 0 to \(count - 1)")
  }
}
