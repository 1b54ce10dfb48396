import Lamina

/// How the modules of a file become the layers of a network, if their names are not those that
/// Lamina writes.
struct WeightMatching {
  /// A layer of the network and the module that has its tensors.
  struct Pair {
    let layer: WeightModule
    let module: WeightModule
  }

  /// The pairs, in the order of the layers.
  let pairs: [Pair]

  /// Takes the modules with these names, in the order of the layers that have tensors.
  init(
    _ layers: [WeightModule], named names: [String], among modules: [WeightModule]
  ) throws(ModelProblem) {
    guard names.count == layers.count else {
      throw .weightNames(
        reason: "\(names.count) names are given, but the network has \(layers.count) layers with "
          + "tensors: " + Self.list(layers))
    }
    var pairs: [Pair] = []
    for (layer, name) in zip(layers, names) {
      guard let module = modules.first(where: { $0.name == name }) else {
        throw .weightNames(
          reason: "the file has no layer \(cited(name)); it has \(Self.list(modules))")
      }
      if pairs.contains(where: { $0.module.name == name }) {
        throw .weightNames(reason: "\(cited(name)) is given twice")
      }
      guard module.shapes == layer.shapes else {
        throw .noLayer(wanted: layer.text, found: module.text)
      }
      pairs.append(Pair(layer: layer, module: module))
    }
    self.pairs = pairs
  }

  /// Finds the module of each layer by its shapes, and among several of the same shapes by the
  /// numbers in their names.
  init(_ layers: [WeightModule], among modules: [WeightModule]) throws(ModelProblem) {
    var pairs: [Pair] = []
    for layer in layers {
      let alike = layers.filter { $0.shapes == layer.shapes }
      let candidates = modules.filter { $0.shapes == layer.shapes }
      guard candidates.count >= alike.count else {
        throw .noLayer(wanted: layer.text, found: Self.list(modules))
      }
      let ordered = try Self.ordered(candidates, for: alike)
      let place = alike.firstIndex { $0.name == layer.name } ?? 0
      pairs.append(Pair(layer: layer, module: ordered[place]))
    }
    self.pairs = pairs
  }

  /// The candidates in the order of the layers, which must be certain.
  private static func ordered(
    _ candidates: [WeightModule], for layers: [WeightModule]
  ) throws(ModelProblem) -> [WeightModule] {
    let sorted = candidates.sorted {
      NumberedName($0.name).precedes(NumberedName($1.name)) ?? ($0.name < $1.name)
    }
    let isCertain = zip(sorted, sorted.dropFirst()).allSatisfy {
      NumberedName($0.name).precedes(NumberedName($1.name)) == true
    }
    guard sorted.count == layers.count, isCertain else {
      throw .ambiguousLayers(
        layers: layers.map(\.name), candidates: sorted.map(\.name))
    }
    return sorted
  }

  /// A sentence that says which module each layer is.
  var sentence: String {
    let names = pairs.map {
      "\($0.layer.name) is \($0.module.name.isEmpty ? "it" : $0.module.name)"
    }
    return "the layers of the file have other names, and are found by their shapes and numbers: "
      + Self.shortened(names)
  }

  private static func list(_ modules: [WeightModule]) -> String {
    modules.isEmpty ? "no tensors" : shortened(modules.map(\.text))
  }

  /// A list of at most a dozen names.
  static func shortened(_ names: [String]) -> String {
    let most = 12
    let shown = names.prefix(most).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }
}
