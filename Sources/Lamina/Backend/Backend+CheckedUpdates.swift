extension Backend {
  /// One step of ``SGD`` with momentum, Nesterov's too.
  public func momentum(
    _ parameters: Vector<Self>, gradients: Vector<Self>, velocity: Vector<Self>, rule: SGD
  ) throws(BackendError) {
    checkCounts("momentum", parameters, gradients, velocity)
    try enqueueMomentum(parameters, gradients: gradients, velocity: velocity, rule: rule)
  }

  /// One step of ``Adagrad``.
  public func adagrad(
    _ parameters: Vector<Self>, gradients: Vector<Self>, squares: Vector<Self>, rule: Adagrad
  ) throws(BackendError) {
    checkCounts("adagrad", parameters, gradients, squares)
    try enqueueAdagrad(parameters, gradients: gradients, squares: squares, rule: rule)
  }

  /// One step of ``RMSProp``.
  ///
  /// - Parameter velocity: There is one exactly where the rule has momentum.
  public func rmsProp(
    _ parameters: Vector<Self>, gradients: Vector<Self>, squares: Vector<Self>,
    velocity: Vector<Self>?, rule: RMSProp
  ) throws(BackendError) {
    checkCounts("rmsProp", parameters, gradients, squares, velocity ?? squares)
    precondition(
      (velocity != nil) == (rule.momentum > 0), "rmsProp: momentum \(rule.momentum) and velocity")
    try enqueueRMSProp(
      parameters, gradients: gradients, squares: squares, velocity: velocity, rule: rule)
  }

  /// One step of ``Adam``.
  public func adam(
    _ parameters: Vector<Self>, gradients: Vector<Self>, means: Vector<Self>,
    squares: Vector<Self>, rule: Adam
  ) throws(BackendError) {
    checkCounts("adam", parameters, gradients, means, squares)
    try enqueueAdam(parameters, gradients: gradients, means: means, squares: squares, rule: rule)
  }

  /// `gradients += l1 · sign(weights) + l2 · weights`, the sign of 0 being 0.
  public func addPenaltyGradient(
    _ penalties: Penalties, of weights: Vector<Self>, to gradients: Vector<Self>
  ) throws(BackendError) {
    checkCounts("addPenaltyGradient", weights, gradients)
    try enqueuePenaltyGradient(penalties, of: weights, to: gradients)
  }

  /// Elements beyond `±limit` become that; NaN stays.
  public func clip(_ vector: Vector<Self>, to limit: Float) throws(BackendError) {
    try enqueueClip(vector, to: limit)
  }

  /// Sums groups of the elements of a vector, always in the same order: the sum of `sums` is that
  /// of the vector.
  public func partialSums(
    of vector: Vector<Self>, _ measure: Magnitude, into sums: Vector<Self>
  ) throws(BackendError) {
    precondition(sums.count > 0, "partialSums: no sums")
    try enqueuePartialSums(of: vector, measure, into: sums)
  }

  /// Scales a vector longer than `limit`: `vector *= min(1, limit / (√Σ squares + 1e-6))`.
  ///
  /// - Parameter squares: What ``partialSums(of:_:into:)`` made of it. Where their sum is no finite
  ///   number, all that is not zero becomes NaN.
  public func clipNorm(
    of vector: Vector<Self>, squares: Vector<Self>, to limit: Float
  ) throws(BackendError) {
    try enqueueClipNorm(of: vector, squares: squares, to: limit)
  }

  /// `weights *= 1 - learningRate · learningRateFactor · decay`.
  public func decay(
    _ weights: Vector<Self>, by decay: Float, learningRate: Float
  ) throws(BackendError) {
    try enqueueDecay(weights, by: decay, learningRate: learningRate)
  }

  /// Scales the columns longer than `limit` to it; one without a finite length becomes NaN.
  public func limitColumnNorms(
    of matrix: Matrix<Self>, to limit: Float
  ) throws(BackendError) {
    precondition(!matrix.isTransposed, "limitColumnNorms: a transposed matrix")
    try enqueueColumnNormLimit(of: matrix, to: limit)
  }

  /// Gradients of dense layers without an update: `gradient = beta · gradient + inputᵀ · delta` and
  /// likewise for biases, where updates name the gradients as their velocities.
  public func denseGradients(
    _ updates: [DenseUpdate<Self>], beta: Float
  ) throws(BackendError) {
    for update in updates {
      try matmul(
        update.input.transposed, update.delta, beta: beta, into: update.velocity.weights)
      try columnSums(of: update.delta, beta: beta, into: update.velocity.bias)
    }
  }

  private func checkCounts(_ operation: String, _ vectors: Vector<Self>...) {
    precondition(
      vectors.allSatisfy { $0.count == vectors[0].count },
      "\(operation): vectors of \(vectors.map(\.count)) numbers")
  }
}
