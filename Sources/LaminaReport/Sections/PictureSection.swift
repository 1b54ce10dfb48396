import FoundationEssentials
import Lamina

extension TrainingLog.Pictures {
  private var size: ImageSize { ImageSize(height: height, width: width) }

  /// Examples of the test set, and the weights of the first layer as pictures.
  func figures(_ classNames: [String]) -> [Figure] {
    [weightFigure, exampleFigure(classNames)].compactMap(\.self)
  }

  private func exampleFigure(_ names: [String]) -> Figure? {
    func name(_ label: Int) -> String { names.indices.contains(label) ? names[label] : "\(label)" }
    let shown = examples.compactMap { example in
      Data(base64Encoded: example.pixels)
        .flatMap { Picture(grey: Array($0), size: size) }.map { (example, $0) }
    }
    guard !shown.isEmpty else { return nil }
    let items = shown.map { example, picture in
      let isRight = example.label == example.prediction
      let verdict = Node.text("\(name(example.prediction))")
      return Node.element(
        "li", ["class": isRight ? "right" : "mistake"],
        [
          picture.node(
            alternative: "example \(example.index) of class \(name(example.label)), "
              + "predicted \(name(example.prediction))"),
          .text("true \(name(example.label)), predicted "),
          isRight ? verdict : .element("b", [:], [verdict]),
        ])
    }
    let rows = shown.map { example, _ in
      [
        "\(example.index)", name(example.label), name(example.prediction),
        Number.exact(example.probability),
      ]
    }
    return Figure(
      title: "Examples of the test set",
      caption: "Mistakes first, in descending order of confidence.",
      body: .element("ul", ["class": "pictures"], items),
      table: Figure.Table(
        head: ["example", "true class", "predicted class", "probability"], rows: rows), isWide: true
    )
  }

  private var weightFigure: Figure? {
    let shown = weights.compactMap { text in
      Data(base64Encoded: text).flatMap { Picture(weights: Array($0), size: size) }
    }
    guard !shown.isEmpty else { return nil }
    return Figure(
      title: "Weights of the first layer",
      caption: "One picture per unit: positive weights are blue, negative ones orange.",
      body: .element(
        "ul", ["class": "pictures weights"],
        shown.enumerated().map { index, picture in
          .element("li", [:], [picture.node(alternative: "weights of unit \(index)")])
        }), table: nil)
  }
}
