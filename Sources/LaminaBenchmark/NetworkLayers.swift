import Lamina
import LaminaConfiguration

/// The layers of a network, written as `784,128,dropout(0.2),10`.
struct NetworkLayers: Hashable {
  let inputs: Int
  let layers: [Layer]

  /// Dense layers with ReLU, and outputs.
  init(sizes: [Int]) {
    inputs = sizes[0]
    layers = sizes.indices.dropFirst().map { index in
      .dense(
        outputs: sizes[index], activation: index == sizes.count - 1 ? .identity : .relu)
    }
  }

  /// Reads the value of `--network`.
  init(parsing text: String) throws(TextError) {
    let form = "give inputs, hidden layers and outputs, such as 784,128,64,10"
    let first = text.prefix { $0 != "," }
    guard let inputs = Int(first), (1...1_000_000).contains(inputs) else {
      throw TextError("'\(first)' is no number of inputs from 1 to 1000000; \(form)")
    }
    let rest = try HiddenLayers(parsing: String(text.dropFirst(first.count + 1)))
    guard case .dense? = rest.items.last else {
      throw TextError("the network '\(text)' does not end with a number of outputs; \(form)")
    }
    self.inputs = inputs
    layers =
      rest.items.dropLast().map { $0.layer(.relu) }
      + rest.items.suffix(1).map { $0.layer(.identity) }
  }
}
