/// The parameters of a network in host memory, as tensors in PyTorch's order.
public struct NetworkParameters: Sendable, Equatable {
  /// The values of each of ``NetworkDescription/parameterTensors``, row by row.
  public var tensors: [[Float]]

  /// Collects tensors.
  public init(tensors: [[Float]]) { self.tensors = tensors }

  /// Draws the initial parameters of a network. They depend only on description, rule and seed, so
  /// that all devices start from the same numbers.
  public init(for description: NetworkDescription, initialization: Initialization, seed: UInt64) {
    let shapes = description.denseShapes
    tensors = description.parameterTensors.map { tensor in
      switch tensor.role {
      case .weights(let number):
        initialization.weights.values(
          inputs: shapes[number].inputs, outputs: shapes[number].outputs,
          generator: RandomStream.initialization(layer: number, isBias: false).generator(seed))
      case .bias(let number):
        initialization.bias.values(
          inputs: shapes[number].inputs, outputs: shapes[number].outputs,
          generator: RandomStream.initialization(layer: number, isBias: true).generator(seed))
      case .table(let number):
        initialization.weights.table(
          description.embeddedColumns[number],
          generator: RandomStream.table(column: number).generator(seed))
      case .scale, .runningVariance: [Float](repeating: 1, count: tensor.count)
      case .shift, .runningMean: [Float](repeating: 0, count: tensor.count)
      }
    }
  }

  /// Refuses parameters whose shapes are not those of `description`.
  public func validate(for description: NetworkDescription) throws(NetworkError) {
    let wanted = description.parameterTensors
    guard tensors.count == wanted.count else {
      throw .mismatch(
        "there are \(tensors.count) tensors of parameters; the network \(description.name) has "
          + "\(wanted.count)")
    }
    for (values, tensor) in zip(tensors, wanted) {
      guard values.count == tensor.count else {
        throw .mismatch(
          "\(tensor.name) has \(values.count) numbers; the network \(description.name) needs "
            + tensor.shape.map(String.init).joined(separator: "×"))
      }
      if case .runningVariance = tensor.role, let negative = values.first(where: { $0 < 0 }) {
        throw .invalid("a variance in \(tensor.name)", value: "\(negative)", wanted: "0 or more")
      }
    }
  }
}
