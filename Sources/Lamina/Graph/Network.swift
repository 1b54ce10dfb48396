/// The parameters of a network and their gradients, in the memory of a backend.
public final class Network<B: Backend> {
  /// The backend that holds the parameters.
  public var backend: B { memory.backend }
  /// The memory of parameters and of everything that training adds to them.
  public let memory: NetworkMemory<B>
  /// The shape.
  public let description: NetworkDescription
  /// All parameters with the padding between them. The parameters of layers are views of this.
  public let parameters: ParameterArena<B>
  /// The numbers that training subtracts from the parameters, in the same layout: gradients, or
  /// velocities if there is momentum.
  public let gradients: ParameterArena<B>
  /// The map from stored inputs to those of the first layer.
  let inputScaling: DeviceScaling<B>
  /// Of each batch normalisation.
  public let runningStatistics: [RunningStatistics<B>]
  let graph: Graph

  /// The parameters of each dense layer.
  public var dense: [DenseParameters<B>] { parameters.dense }

  /// Uploads `values`. The gradients start at zero.
  ///
  /// - Precondition: Description and values have been validated.
  public convenience init(
    _ description: NetworkDescription, values: NetworkParameters, on backend: B
  ) throws(BackendError) {
    try self.init(description, values: values, in: NetworkMemory(backend))
  }

  /// Uploads `values` to a share of memory; the gradients start at zero.
  ///
  /// - Precondition: description and values have been validated.
  public init(
    _ description: NetworkDescription, values: NetworkParameters, in memory: NetworkMemory<B>
  ) throws(BackendError) {
    self.memory = memory
    self.description = description
    graph = description.graph
    inputScaling = try memory.makeScaling(description.inputScaling)
    let layout = ParameterLayout(graph.parameters)
    parameters = try ParameterArena(layout, in: memory)
    gradients = try ParameterArena(layout, in: memory)
    var runningStatistics: [RunningStatistics<B>] = []
    for tensor in graph.parameters {
      guard case .runningMean = tensor.role else { continue }
      runningStatistics.append(
        RunningStatistics(
          mean: try memory.makeVector(count: tensor.count),
          variance: try memory.makeVector(count: tensor.count)))
    }
    self.runningStatistics = runningStatistics
    try load(values)
  }

  /// Replaces the parameters by `values`, such as those of the best epoch. Gradients and the state
  /// of an optimiser stay. May wait for the device.
  ///
  /// - Precondition: The values have been validated.
  public func load(_ values: NetworkParameters) throws(BackendError) {
    for (tensor, values) in zip(graph.parameters, values.tensors) {
      switch tensor.role {
      case .weights(let number):
        try backend.write(
          values.transposed(rows: tensor.shape[0]), to: parameters.dense[number].weights)
      case .table(let number): try backend.write(values, to: parameters.tables[number])
      case .bias, .scale, .shift, .runningMean, .runningVariance:
        try backend.write(values, to: vector(tensor.role))
      }
    }
  }

  /// Downloads the parameters. Waits for the device.
  public func values() throws(BackendError) -> NetworkParameters {
    var tensors: [[Float]] = []
    for tensor in graph.parameters {
      switch tensor.role {
      case .weights(let number):
        tensors.append(
          try backend.values(of: parameters.dense[number].weights)
            .transposed(rows: tensor.shape[1]))
      case .table(let number):
        tensors.append(try backend.values(of: parameters.tables[number]))
      case .bias, .scale, .shift, .runningMean, .runningVariance:
        tensors.append(try backend.values(of: vector(tensor.role)))
      }
    }
    return NetworkParameters(tensors: tensors)
  }

  /// The vector of a tensor that is not a matrix.
  private func vector(_ role: ParameterTensor.Role) -> Vector<B> {
    switch role {
    case .weights, .table: preconditionFailure("weights and tables are matrices")
    case .bias(let number): parameters.dense[number].bias
    case .scale(let number): parameters.normalization[number].scale
    case .shift(let number): parameters.normalization[number].shift
    case .runningMean(let number): runningStatistics[number].mean
    case .runningVariance(let number): runningStatistics[number].variance
    }
  }
}

extension [Float] {
  /// The transpose of a matrix of `rows` rows.
  func transposed(rows: Int) -> [Float] {
    let columns = count / rows
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      for column in 0..<columns {
        for row in 0..<rows {
          buffer.initializeElement(at: column * rows + row, to: self[row * columns + column])
        }
      }
      initialized = count
    }
  }
}
