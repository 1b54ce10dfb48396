extension Backend {
  /// Gathers a batch: `destination[r] = scale · examples[indices[first + r]] + offset`, scale and
  /// offset being those of each feature.
  ///
  /// - Parameter destination: `batch.count` × `examples.columns`.
  public func gather(
    _ batch: BatchIndices<Self>, of examples: Examples<Self>, scaling: DeviceScaling<Self>,
    into destination: Matrix<Self>
  ) throws(BackendError) {
    checkGather(batch, of: examples, scaling: scaling, into: destination)
    try enqueueGather(batch, of: examples, scaling: scaling, into: destination)
  }

  func checkGather(
    _ batch: BatchIndices<Self>, of examples: Examples<Self>, scaling: DeviceScaling<Self>,
    into destination: Matrix<Self>
  ) {
    precondition(
      destination.rows == batch.count && destination.columns == examples.columns
        && !destination.isTransposed && batch.count <= batch.indices.count
        && scaling.fits(features: examples.columns),
      "gather: \(batch.count) of \(batch.indices.count) rows of \(examples.columns) columns "
        + "into \(destination.shape)")
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

  /// `output = f(input + bias)`, the bias being added to every row; in place where both are the same.
  public func activation(
    _ activation: Activation, of input: Matrix<Self>, bias: Vector<Self>? = nil,
    into output: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      input.shape == output.shape && !input.isTransposed && !output.isTransposed
        && bias.map { $0.count == output.columns } != false,
      "activation: \(input.shape), a bias of \(bias?.count ?? 0) into \(output.shape)")
    try enqueueActivation(activation, of: input, bias: bias, into: output)
  }

  /// `c = a + b`; `c` may be the memory of `a` or of `b`.
  public func add(
    _ a: Matrix<Self>, _ b: Matrix<Self>, into c: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      a.shape == c.shape && b.shape == c.shape
        && !a.isTransposed && !b.isTransposed && !c.isTransposed,
      "add: \(a.shape) and \(b.shape) into \(c.shape)")
    try enqueueAdd(a, b, into: c)
  }

  /// Loss and output delta; see ``LossRequest``.
  public func loss(_ request: LossRequest<Self>) throws(BackendError) {
    check(request)
    try enqueueLoss(request)
  }

  func check(_ request: LossRequest<Self>) {
    let outputs = request.outputs
    precondition(
      outputs.rows == request.batch.count && request.delta.shape == outputs.shape
        && !outputs.isTransposed && !request.delta.isTransposed
        && request.meter.losses.count >= outputs.rows && request.meter.hits.count >= outputs.rows,
      "loss: \(outputs.shape) for a batch of \(request.batch.count), delta \(request.delta.shape)")
    let activation = request.activation
    precondition(
      activation.isElementwise && activation.derivativeSource == .output
        && (request.loss.outputActivations == nil || activation == .identity),
      "loss: \(activation) is no part of \(request.loss)")
    if case .values(let values) = request.targets {
      precondition(
        values.columns == outputs.columns && values.element == .float,
        "loss: targets of \(values.columns) columns for \(outputs.shape)")
    }
  }

  /// `delta = delta · f'(z)`, elementwise, with the derivative taken from `saved`: the output `f(z)`
  /// or `z` itself, as ``Activation/derivativeSource`` says.
  public func activationDelta(
    _ activation: Activation, saved: Matrix<Self>, on delta: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      delta.shape == saved.shape && !delta.isTransposed && !saved.isTransposed,
      "activationDelta: \(delta.shape) with values of \(saved.shape)")
    try enqueueActivationDelta(activation, saved: saved, on: delta)
  }

  /// `output[r, j] = e^input[r, j] / Σ_k e^input[r, k]`, or the logarithm of that. Input and output
  /// may be the same memory.
  public func softmax(
    of input: Matrix<Self>, isLogarithmic: Bool, into output: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      input.shape == output.shape && !input.isTransposed && !output.isTransposed,
      "softmax: \(input.shape) into \(output.shape)")
    try enqueueSoftmax(of: input, isLogarithmic: isLogarithmic, into: output)
  }

  /// The derivative by the input of ``softmax(of:isLogarithmic:into:)`` from that by its output, in
  /// place: with `s = outputs`, `delta_j = s_j (delta_j - Σ_k s_k delta_k)`, or of the logarithm
  /// `delta_j = delta_j - e^s_j Σ_k delta_k`.
  public func softmaxDelta(
    outputs: Matrix<Self>, isLogarithmic: Bool, on delta: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      outputs.shape == delta.shape && !outputs.isTransposed && !delta.isTransposed,
      "softmaxDelta: \(delta.shape) with outputs of \(outputs.shape)")
    try enqueueSoftmaxDelta(outputs: outputs, isLogarithmic: isLogarithmic, on: delta)
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

  /// Turns products into values of a kernel function, in place: `products[i, j] = k(u_i, v_j)`.
  ///
  /// - Parameters:
  ///   - products: `u_i · v_j`; not transposed.
  ///   - rowSquares: `|u_i|²`, one a row.
  ///   - columnSquares: `|v_j|²`, one a column.
  public func kernelFunction(
    _ function: KernelFunction, rowSquares: Vector<Self>, columnSquares: Vector<Self>,
    on products: Matrix<Self>
  ) throws(BackendError) {
    precondition(
      rowSquares.count == products.rows && columnSquares.count == products.columns
        && !products.isTransposed,
      "kernelFunction: \(products.shape) with \(rowSquares.count) and \(columnSquares.count) squares"
    )
    try enqueueKernelFunction(
      function, rowSquares: rowSquares, columnSquares: columnSquares, on: products)
  }

  /// `output = f(input · weights + bias)`.
  public func denseForward(
    _ input: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    into output: Matrix<Self>
  ) throws(BackendError) {
    checkDense(input, layer, into: output)
    try enqueueDenseForward(input, layer, activation, into: output)
  }

  func checkDense(
    _ input: Matrix<Self>, _ layer: DenseParameters<Self>, into output: Matrix<Self>
  ) {
    precondition(
      input.columns == layer.weights.rows && output.rows == input.rows
        && output.columns == layer.weights.columns && layer.bias.count == output.columns,
      "denseForward: \(input.shape) by \(layer.weights.shape) into \(output.shape)")
  }

  /// `inputDelta = (delta · weightsᵀ) · f'(input)`, where `input` is the output of an `activation`
  /// whose derivative follows from it.
  public func denseBackward(
    _ delta: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    input: Matrix<Self>, into inputDelta: Matrix<Self>
  ) throws(BackendError) {
    checkDenseBackward(delta, layer, activation, input: input, into: inputDelta)
    try enqueueDenseBackward(delta, layer, activation, input: input, into: inputDelta)
  }

  func checkDenseBackward(
    _ delta: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    input: Matrix<Self>, into inputDelta: Matrix<Self>
  ) {
    precondition(
      activation.derivativeSource == .output && delta.columns == layer.weights.columns
        && inputDelta.rows == delta.rows && inputDelta.columns == layer.weights.rows
        && input.shape == inputDelta.shape,
      "denseBackward: \(delta.shape) by \(layer.weights.transposed.shape) "
        + "into \(inputDelta.shape), input \(input.shape)")
  }

  /// Accumulates the gradients of all layers into their velocities and updates all parameters.
  ///
  /// - Parameters:
  ///   - parameters: All parameters in one vector, of which the layers' are views.
  ///   - velocity: Their velocities, laid out in the same way.
  public func denseUpdates(
    _ updates: [DenseUpdate<Self>], parameters: Vector<Self>, velocity: Vector<Self>, rule: SGD
  ) throws(BackendError) {
    checkUpdates(updates, parameters: parameters, velocity: velocity)
    try enqueueDenseUpdates(updates, parameters: parameters, velocity: velocity, rule: rule)
  }

  func checkUpdates(
    _ updates: [DenseUpdate<Self>], parameters: Vector<Self>, velocity: Vector<Self>
  ) {
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
  }
}
