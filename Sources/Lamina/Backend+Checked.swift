extension Backend {
  /// Gathers a batch: `destination[r] = scale · examples[indices[first + r]] + offset`.
  ///
  /// - Parameter destination: `batch.count` × `examples.columns`.
  public func gather(
    _ batch: BatchIndices<Self>, of examples: Examples<Self>, scaling: InputScaling,
    into destination: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      destination.rows == batch.count && destination.columns == examples.columns
        && !destination.isTransposed && batch.count <= batch.indices.count,
      "gather: \(batch.count) of \(batch.indices.count) rows of \(examples.columns) columns "
        + "into \(destination.shape)")
    try enqueueGather(batch, of: examples, scaling: scaling, into: destination)
  }

  /// `c = alpha · a · b + beta · c`; with `beta == 0` the old content of `c` is not read.
  ///
  /// - Parameter c: not transposed.
  public func matmul(
    _ a: Matrix<Self>, _ b: Matrix<Self>, alpha: Float = 1, beta: Float = 0, into c: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      a.columns == b.rows && c.rows == a.rows && c.columns == b.columns && !c.isTransposed,
      "matmul: \(a.shape) by \(b.shape) into \(c.shape)")
    try enqueueMatmul(a, b, alpha: alpha, beta: beta, into: c)
  }

  /// `y = f(y + bias)`, the bias being added to every row.
  public func activation(
    _ activation: Activation, bias: Vector<Self>, on y: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      bias.count == y.columns && !y.isTransposed,
      "activation: a bias of \(bias.count) on \(y.shape)")
    try enqueueActivation(activation, bias: bias, on: y)
  }

  /// Loss and output delta; see ``LossRequest``.
  public func loss(_ request: LossRequest<Self>) throws(BackendError) {
    let outputs = request.outputs
    precondition(
      outputs.rows == request.batch.count && request.delta.shape == outputs.shape
        && !outputs.isTransposed && !request.delta.isTransposed
        && request.meter.losses.count >= outputs.rows && request.meter.hits.count >= outputs.rows,
      "loss: \(outputs.shape) for a batch of \(request.batch.count), delta \(request.delta.shape)")
    switch (request.loss, request.targets) {
    case (.softmaxCrossEntropy, .labels):
      precondition(request.activation == .identity, "softmax cross-entropy takes logits")
    case (_, .values(let values)):
      precondition(
        values.columns == outputs.columns && values.element == .float,
        "loss: targets of \(values.columns) columns for \(outputs.shape)")
    case (.quadratic, .labels): break
    }
    try enqueueLoss(request)
  }

  /// `delta = delta · f'(z)`, elementwise, with the derivative taken from the output `f(z)`.
  public func activationDelta(
    _ activation: Activation, output: Matrix<Self>, on delta: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      delta.shape == output.shape && !delta.isTransposed && !output.isTransposed,
      "activationDelta: \(delta.shape) with an output of \(output.shape)")
    try enqueueActivationDelta(activation, output: output, on: delta)
  }

  /// `sums[j] = Σ_i matrix[i, j] + beta · sums[j]`.
  public func columnSums(
    of matrix: Matrix<Self>, beta: Float = 0, into sums: Vector<Self>
  ) throws(BackendError) {
    precondition(
      sums.count == matrix.columns && !matrix.isTransposed,
      "columnSums: \(matrix.shape) into \(sums.count)")
    try enqueueColumnSums(of: matrix, beta: beta, into: sums)
  }

  /// Sets every element to `value`.
  public func fill(_ vector: Vector<Self>, with value: Float) throws(BackendError) {
    try enqueueFill(vector, with: value)
  }

  /// `parameters -= learningRate · learningRateFactor · velocity`.
  public func update(
    _ parameters: Vector<Self>, velocity: Vector<Self>, rule: SGD
  ) throws(BackendError) {
    precondition(
      parameters.count == velocity.count,
      "update: \(parameters.count) parameters with \(velocity.count) velocities")
    try enqueueUpdate(parameters, velocity: velocity, rule: rule)
  }

  /// `output = f(input · weights + bias)`.
  public func denseForward(
    _ input: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    into output: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      input.columns == layer.weights.rows && output.rows == input.rows
        && output.columns == layer.weights.columns && layer.bias.count == output.columns,
      "denseForward: \(input.shape) by \(layer.weights.shape) into \(output.shape)")
    try enqueueDenseForward(input, layer, activation, into: output)
  }

  /// `inputDelta = (delta · weightsᵀ) · f'(input)`, where `input` is the output of an `activation`.
  public func denseBackward(
    _ delta: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    input: Matrix<Self>, into inputDelta: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      delta.columns == layer.weights.columns && inputDelta.rows == delta.rows
        && inputDelta.columns == layer.weights.rows && input.shape == inputDelta.shape,
      "denseBackward: \(delta.shape) by \(layer.weights.transposed.shape) "
        + "into \(inputDelta.shape), input \(input.shape)")
    try enqueueDenseBackward(delta, layer, activation, input: input, into: inputDelta)
  }

  /// Accumulates the gradients of all layers into their velocities and updates all parameters.
  ///
  /// - Parameters:
  ///   - parameters: All parameters in one vector, of which the layers' are views.
  ///   - velocity: Their velocities, laid out in the same way.
  public func denseUpdates(
    _ updates: [DenseUpdate<Self>], parameters: Vector<Self>, velocity: Vector<Self>, rule: SGD
  ) throws(BackendError) {
    precondition(
      parameters.count == velocity.count,
      "denseUpdates: \(parameters.count) parameters with \(velocity.count) velocities")
    for update in updates {
      let weights = update.parameters.weights
      precondition(
        update.input.rows == update.delta.rows && update.input.columns == weights.rows
          && update.delta.columns == weights.columns
          && update.velocity.weights.shape == weights.shape,
        "denseUpdates: input \(update.input.shape), delta \(update.delta.shape), "
          + "weights \(weights.shape), velocity \(update.velocity.weights.shape)")
    }
    try enqueueDenseUpdates(updates, parameters: parameters, velocity: velocity, rule: rule)
  }
}
