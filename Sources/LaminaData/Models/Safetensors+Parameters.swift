package import Lamina

/// The parameters of a network that a safetensors file has.
package struct FoundParameters {
  /// The parameters.
  package let parameters: NetworkParameters
  /// What a user should know: tensors that are ignored, and names that differ.
  package let notices: [String]
}

extension Safetensors {
  /// The parameters of `network`.
  ///
  /// Tensors with the names that Lamina writes are taken by name. Otherwise modules become layers
  /// by `names`, or else by shapes and order. What is left over is ignored.
  ///
  /// - Parameters:
  ///   - network: A valid network.
  ///   - names: The names of the file's modules in the order of the network's layers that have
  ///     tensors; nil to find out.
  package func parameters(
    of network: NetworkDescription, names: [String]? = nil
  ) throws(ModelProblem) -> FoundParameters {
    let wanted = network.parameterTensors
    let matching = try matching(wanted, names)
    var sources: [String: String] = [:]
    for pair in matching?.pairs ?? [] {
      for part in pair.layer.shapes.keys {
        sources[pair.layer.tensor(part)] = pair.module.tensor(part)
      }
    }
    var values: [[Float]] = []
    for tensor in wanted {
      let name = sources[tensor.name] ?? tensor.name
      values.append(try self.values(name, shape: tensor.shape))
    }
    let parameters = NetworkParameters(tensors: values)
    do throws(NetworkError) { try parameters.validate(for: network) } catch {
      throw .parameters(reason: error.description)
    }
    let used = Set(wanted.map { sources[$0.name] ?? $0.name })
    let notices = [names == nil ? matching?.sentence : nil, ignoredNotice(except: used)].compactMap(
      \.self)
    return FoundParameters(parameters: parameters, notices: notices)
  }

  /// The modules of the layers; nil if all tensors have the names that Lamina writes.
  private func matching(
    _ wanted: [ParameterTensor], _ names: [String]?
  ) throws(ModelProblem) -> WeightMatching? {
    let layers = WeightModule.modules(wanted.map { ($0.name, $0.shape) })
    let modules = WeightModule.modules(all)
    if let names { return try WeightMatching(layers, named: names, among: modules) }
    let own = Set(all.map(\.name))
    let missing = wanted.first { !own.contains($0.name) }
    guard let missing else { return nil }
    do throws(ModelProblem) { return try WeightMatching(layers, among: modules) } catch {
      // A file by Lamina that has lost a tensor.
      if wanted.contains(where: { own.contains($0.name) }), case .noLayer = error {
        throw .missingTensor(missing.name)
      }
      throw error
    }
  }

  /// The names and shapes of all tensors.
  private var all: [(name: String, shape: [Int])] {
    tensors.map { ($0.name, $0.shape) } + unusable.map { ($0.name, $0.shape) }
  }

  private func ignoredNotice(except used: Set<String>) -> String? {
    let ignored = all.map(\.name)
      .filter { !used.contains($0) && WeightModule.split($0).part != WeightModule.unneeded }
    guard !ignored.isEmpty else { return nil }
    return "tensors that the network has no use for are ignored: "
      + WeightMatching.shortened(ignored)
  }

  /// The values of a tensor, which must exist, have this shape and be finite.
  private func values(_ name: String, shape: [Int]) throws(ModelProblem) -> [Float] {
    if let tensor = unusable.first(where: { $0.name == name }) { throw .tensor(tensor.problem) }
    guard let tensor = self[name] else { throw .missingTensor(name) }
    guard tensor.shape == shape else {
      throw .shape(tensor: name, found: tensor.shape, wanted: shape)
    }
    if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(tensor: name, index: index, value: "\(tensor.values[index])")
    }
    return tensor.values
  }
}
