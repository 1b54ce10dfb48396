import ArgumentParser
import Lamina
import LaminaData
import LaminaText

/// `lamina predict`
struct PredictCommand: ParsableCommand {
  private static let barWidth = 40

  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Shows one test image and what a model takes it for.")

  @OptionGroup var source: ModelAndData

  @Option(
    parsing: .unconditional, help: "Which example of the test set, counted from 0.")
  var index: Int

  func run() throws {
    let (model, test) = try source.load()
    let example = try test.example(at: index)
    let outputs = try source.outputs(of: model, for: example)
    var text = "test example \(index) of \(source.data.name)\n\n"
    if let size = example.imageSize {
      text += ImageText(for: .standardOutput).draw(example.pixels, size: size) + "\n"
    }
    let names = test.classNames
    let label = Int(try example.labels()[0])
    let predicted = ClassificationReport.prediction(outputs)
    text += "predicted  \(names[predicted])\n"
    text += "true       \(names[label])\(predicted == label ? "" : "  (wrong)")\n\n"
    text += Self.probabilities(Softmax.probabilities(outputs), names: names)
    Terminal.standardOutput.write(text)
  }

  private static func probabilities(_ probabilities: [Double], names: [String]) -> String {
    let cell = Terminal.standardOutput.showsUnicode ? "█" : "#"
    let rows = zip(names, probabilities).map { name, probability in
      // Weights near the end of the range of floats give probabilities that are no numbers.
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
    }
  }
}
