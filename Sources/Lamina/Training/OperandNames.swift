/// The names of the operands of a training step, such as `layers.0.weight` or `delta 3`.
public struct OperandNames<B: Backend> {
  private struct Place: Hashable {
    let buffer: ObjectIdentifier
    /// In bytes.
    let offset: Int
    /// The length in bytes; nil for operands that can be shorter, such as the rows of a smaller
    /// batch.
    var length: Int?
  }
  private var names: [Place: String] = [:]

  /// Names the operands of a network in training.
  init(_ network: Network<B>, _ buffers: BatchBuffers<B>, _ update: ParameterUpdate<B>? = nil) {
    let gradient =
      update.map { ($0.rule.velocityRule?.momentum ?? 0) > 0 } == true ? "velocity" : "gradient"
    name(network, gradient: gradient)
    name(buffers)
    name(whole: network.parameters.all, "all parameters")
    name(whole: network.gradients.all, gradient == "velocity" ? "all velocities" : "all gradients")
    name(whole: network.parameters.weights, "all weights")
    name(whole: network.gradients.weights, "gradients of all weights")
    guard let update else { return }
    for (state, vector) in zip(update.rule.updatingOptimizer.rule.state, update.state) {
      name(vector, "\(state.name)")
    }
    name(update.partialSums, "sums")
  }

  /// The name of an operand, or the operation's own label if it has none.
  public func name(of access: Access<B>) -> String {
    var place = Place(
      buffer: ObjectIdentifier(access.buffer), offset: access.offset, length: access.bytes.count)
    if let whole = names[place] { return whole }
    place.length = nil
    return names[place] ?? access.label
  }

  private mutating func name(_ network: Network<B>, gradient: String) {
    for tensor in network.graph.parameters {
      switch tensor.role {
      case .weights(let number):
        name(network.parameters.dense[number].weights, tensor.name)
        name(network.gradients.dense[number].weights, "\(gradient) of \(tensor.name)")
      case .bias(let number):
        name(network.parameters.dense[number].bias, tensor.name)
        name(network.gradients.dense[number].bias, "\(gradient) of \(tensor.name)")
      case .scale(let number):
        name(network.parameters.normalization[number].scale, tensor.name)
        name(network.gradients.normalization[number].scale, "\(gradient) of \(tensor.name)")
      case .shift(let number):
        name(network.parameters.normalization[number].shift, tensor.name)
        name(network.gradients.normalization[number].shift, "\(gradient) of \(tensor.name)")
      case .table(let number):
        name(network.parameters.tables[number], tensor.name)
        name(network.gradients.tables[number], "\(gradient) of \(tensor.name)")
      case .runningMean(let number): name(network.runningStatistics[number].mean, tensor.name)
      case .runningVariance(let number):
        name(network.runningStatistics[number].variance, tensor.name)
      }
    }
  }

  private mutating func name(_ buffers: BatchBuffers<B>) {
    for (number, value) in buffers.values.enumerated() {
      name(value, number == 0 ? "input" : "value \(number)")
    }
    for (number, value) in buffers.preactivations.enumerated() {
      if let value { name(value, "pre-activation \(number)") }
    }
    // Values that share the memory of a delta have the name of the last such value.
    for (number, delta) in buffers.deltas.enumerated() {
      if let delta { name(delta, "delta \(number)") }
    }
  }

  private mutating func name(_ matrix: Matrix<B>, _ name: String) {
    names[Place(buffer: ObjectIdentifier(matrix.buffer), offset: matrix.offset * 4)] = name
  }

  private mutating func name(_ vector: Vector<B>, _ name: String) {
    names[Place(buffer: ObjectIdentifier(vector.buffer), offset: vector.offset * 4)] = name
  }

  private mutating func name(whole vector: Vector<B>, _ name: String) {
    names[
      Place(
        buffer: ObjectIdentifier(vector.buffer), offset: vector.offset * 4,
        length: vector.count * 4)] = name
  }
}
