import ArgumentParser
import Glibc
import Lamina
import LaminaData
import LaminaText

/// `lamina predict`
struct PredictCommand: ParsableCommand {
  private static let barWidth = 40

  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Shows one test example and the prediction of a model.")

  @OptionGroup var source: ModelAndData

  @Option(
    parsing: .unconditional, help: "The index of the example in the test set, from 0.")
  var index: Int

  func run() throws {
    let (model, test, decisions) = try source.load()
    let example = try test.example(at: index)
    let (outputs, error) = try source.outputs(of: model, for: example)
    var text = "test example \(index) of \(source.measured)\n\(decisions.text)\(error.sentence)\n\n"
    if let size = example.imageSize {
      text += ImageText(for: .standardOutput).draw(example.pixels, size: size) + "\n"
    }
    text += Self.answer(outputs, of: model.description, for: example)
    Terminal.standardOutput.write(text)
  }

  /// The prediction of the network for one example, next to the truth.
  private static func answer(
    _ outputs: [Float], of network: NetworkDescription, for example: Dataset
  ) -> String {
    switch example.targets {
    case .classes(let labels, let names):
      let (label, predicted) = (Int(labels[0]), ClassificationReport.prediction(outputs))
      let verdict = """
        predicted  \(names[predicted])
        true       \(names[label])\(predicted == label ? "" : "  (wrong)")

        """
      guard network.tellsProbabilities else {
        return verdict + "\n" + comparison("output", outputs.map { Double($0) }, nil, names)
      }
      let logits = network.logits(outputs)
      return verdict + "\n" + probabilities(Softmax.probabilities(logits), names: names)
    case .labels(let targets, let names):
      let isLogit = network.labelKind == .logits
      let shares = network.labelOutputs(outputs).map {
        isLogit ? 1 / (1 + exp(-Double($0))) : Double($0)
      }
      return comparison("probability", shares, targets.map { Double($0) }, names)
    case .values(let targets, let names):
      return comparison("predicted", network.numbers(outputs), targets, names)
    case .inputs:
      let inputs = example.scaledInputs(by: network.inputScaling).map { Double($0) }
      if let size = example.imageSize {
        return "reconstruction\n" + ImageText(for: .standardOutput).draw(outputs, size: size)
      }
      return comparison(
        "predicted", outputs.map { Double($0) }, inputs, inputs.indices.map { "\($0)" })
    }
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
