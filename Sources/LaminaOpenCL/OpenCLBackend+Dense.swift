public import Lamina

extension OpenCLBackend {
  /// One kernel where the product is ours: bias and activation are its epilogue.
  public func enqueueDenseForward(
    _ input: Matrix<OpenCLBackend>, _ layer: DenseParameters<OpenCLBackend>,
    _ activation: Activation, into output: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try enqueue(
      MatrixProduct(
        a: input, b: layer.weights, c: output,
        epilogue: .activation(activation, bias: layer.bias)))
  }

  /// One kernel where the product is ours: the derivative is its epilogue.
  public func enqueueDenseBackward(
    _ delta: Matrix<OpenCLBackend>, _ layer: DenseParameters<OpenCLBackend>,
    _ activation: Activation, input: Matrix<OpenCLBackend>, into inputDelta: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    try enqueue(
      MatrixProduct(
        a: delta, b: layer.weights.transposed, c: inputDelta,
        epilogue: .derivative(activation, output: input)))
  }

  /// One kernel for several layers, or one a layer, where the product is ours: momentum, weights and
  /// bias are its epilogue. What other methods leave to be updated is updated at the end, all
  /// parameters at once if none was updated before.
  public func enqueueDenseUpdates(
    _ updates: [DenseUpdate<OpenCLBackend>], parameters: Vector<OpenCLBackend>,
    velocity: Vector<OpenCLBackend>, rule: SGD
  ) throws(BackendError) {
    let all = updates.map { update in
      let product = MatrixProduct(
        a: update.input.transposed, b: update.delta, c: update.velocity.weights,
        epilogue: .update(update, rule))
      return (update: update, product: product)
    }
    let joint = try jointUpdate(
      all, parameters: parameters.storage, velocity: velocity.storage, rule: rule)
    if let joint { try enqueue(joint) }
    var pending: [DenseUpdate<OpenCLBackend>] = []
    for (update, product) in all where joint?.includes(update) != true {
      let method = try method(for: product)
      try enqueue(product, by: method)
      if !method.updatesParameters { pending.append(update) }
    }
    if pending.count == updates.count {
      return try enqueueUpdate(parameters, velocity: velocity, rule: rule)
    }
    for update in pending { try enqueueUpdate(of: update, rule) }
  }

  /// Changes the parameters of one layer.
  func enqueueUpdate(
    of update: DenseUpdate<OpenCLBackend>, _ rule: SGD
  ) throws(BackendError) {
    let (weights, bias) = (update.parameters.weights, update.parameters.bias)
    try enqueueUpdate(weights.vector, velocity: update.velocity.weights.vector, rule: rule)
    try enqueueUpdate(bias, velocity: update.velocity.bias, rule: rule)
  }
}

extension MatmulMethod {
  /// Whether the epilogue of updates changes the parameters.
  var updatesParameters: Bool {
    switch self {
    case .clblast, .tunedCLBlast: false
    default: true
    }
  }
}

extension Matrix<OpenCLBackend> {
  /// All numbers, padding included.
  fileprivate var vector: Vector<OpenCLBackend> {
    Vector(storage: storage, count: rows * stride)
  }
}
