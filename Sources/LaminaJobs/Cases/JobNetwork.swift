import LaminaConfiguration

/// A network that a job names.
struct JobNetwork {
  let place: ConfigurationNode
  /// The network as options; empty if the whole configuration has them.
  private(set) var arguments: [String] = []
  /// The numbers of inputs and outputs, if the job gives them.
  private(set) var ends: (inputs: Int, outputs: Int)?

  /// The network of a whole configuration.
  init(place: ConfigurationNode) { self.place = place }

  init(_ node: ConfigurationNode, _ reader: some CaseReader) throws(ConfigurationError) {
    place = node
    let network = try node.mapping(keys: ["sizes", "hidden", "activation"])
    if let all = network["sizes"] {
      if let hidden = network["hidden"] { throw hidden.error("give either sizes or hidden") }
      let sizes = try all.values { node throws(ConfigurationError) in
        try node.integer(in: 1...1_000_000)
      }
      guard sizes.count > 1 else {
        throw all.error("sizes needs two or more numbers, from the inputs to the outputs")
      }
      ends = (sizes[0], sizes[sizes.count - 1])
      arguments = ["--hidden", Self.text(sizes.dropFirst().dropLast().map(String.init))]
      arguments += try reader.arguments(node.without("sizes"))
    } else if case .list(let nodes) = try network.required("hidden").content, nodes.isEmpty {
      arguments = ["--hidden", Self.text([])] + (try reader.arguments(node.without("hidden")))
    } else {
      arguments = try reader.arguments(node)
    }
  }

  private static func text(_ sizes: [String]) -> String {
    sizes.isEmpty ? "none" : sizes.joined(separator: ",")
  }
}
