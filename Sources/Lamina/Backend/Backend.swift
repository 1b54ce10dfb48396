/// Executes the operations of feed-forward training on one device.
///
/// **Order.** Each operation runs after those before it and may return before it has run. Only
/// ``read(_:at:into:)``, ``wait(for:)`` and ``synchronize()`` wait for the device, and
/// ``write(_:to:at:)`` where the device copies only after what came before.
///
/// **Prepared sequences.** Inside ``prepare(_:)`` operations are recorded instead of run. Running
/// the recorded sequence costs no look-ups, no allocation and no argument that has not changed,
/// which is what makes a training step of a small network fast. What differs from step to step
/// travels in ``StepArguments``.
///
/// **Shapes.** Requirements named `enqueue…` are unchecked: their callers are the verbs of the same
/// name without the prefix (`Backend+Checked.swift`), which check shapes once for all backends.
///
/// **Granularity.** The required operations are few and plain. The composite ones at the end have
/// default implementations made of them; a backend overrides those that it can fuse.
///
/// A backend belongs to one thread at a time.
public protocol Backend: AnyObject {
  /// A block of device memory. Releasing the last reference frees it, after its pending use.
  associatedtype Storage: AnyObject
  /// A recorded sequence of operations with all that it needs to run again.
  associatedtype Prepared: AnyObject
  /// A point in the order of operations.
  associatedtype Mark

  /// The device, for reports.
  var device: DeviceDescription { get }
  /// The alignment, in bytes, that the start of a view must have: a power of two.
  var viewAlignment: Int { get }

  // MARK: Memory

  /// Allocates `byteCount > 0` bytes, all zero.
  func makeStorage(byteCount: Int) throws(BackendError) -> Storage
  /// A part of `storage`; its lower bound is a multiple of ``viewAlignment``.
  func makeView(of storage: Storage, bytes: Range<Int>) throws(BackendError) -> Storage
  /// Copies `bytes` from the host to `storage`, starting at byte `offset`.
  func write(_ bytes: RawSpan, to storage: Storage, at offset: Int) throws(BackendError)
  /// Copies from `storage`, starting at byte `offset`, to the host. Waits for the device.
  func read(
    _ storage: Storage, at offset: Int, into bytes: inout MutableRawSpan
  ) throws(BackendError)
  /// Waits until all operations have run.
  func synchronize() throws(BackendError)
  /// Marks the present end of the order of operations and hands what is pending to the device.
  func mark() throws(BackendError) -> Mark
  /// Waits until all operations before `mark` have run.
  func wait(for mark: Mark) throws(BackendError)

  // MARK: Prepared sequences

  /// Records the operations that `operations` calls, without running them.
  func prepare(
    _ operations: () throws(BackendError) -> Void
  ) throws(BackendError) -> Prepared
  /// Runs a recorded sequence with the values of this step.
  func run(_ prepared: Prepared, with arguments: StepArguments) throws(BackendError)

  /// Takes note of operations that will be asked for later, as `operations` would enqueue them. A
  /// backend may begin what takes long, such as to find out which kernels compute right; nothing is
  /// enqueued. The default does nothing.
  func anticipate(_ operations: () throws(BackendError) -> Void)

  // MARK: Operations

  /// `destination[r] = scale · examples[indices[first + r]] + offset`, for the rows of a batch; scale and
  /// offset are the same for all features, or those of each.
  func enqueueGather(
    _ batch: BatchIndices<Self>, of examples: Examples<Self>, scaling: DeviceScaling<Self>,
    into destination: Matrix<Self>) throws(BackendError)
  /// `c = alpha · a · b + beta · c`. With `beta == 0` the old content of `c` is not read.
  func enqueueMatmul(
    _ a: Matrix<Self>, _ b: Matrix<Self>, alpha: Float, beta: Float, into c: Matrix<Self>
  ) throws(BackendError)
  /// `output = f(input + bias)`, the bias being added to every row, none where it is nil. Input and
  /// output may be the same memory.
  func enqueueActivation(
    _ activation: Activation, of input: Matrix<Self>, bias: Vector<Self>?,
    into output: Matrix<Self>) throws(BackendError)
  /// `output[r, j] = e^input[r, j] / Σ_k e^input[r, k]`, or the logarithm of that.
  func enqueueSoftmax(
    of input: Matrix<Self>, isLogarithmic: Bool, into output: Matrix<Self>) throws(BackendError)
  /// `delta_j = s_j (delta_j - Σ_k s_k delta_k)`, or `delta_j = delta_j - e^s_j Σ_k delta_k`.
  func enqueueSoftmaxDelta(
    outputs: Matrix<Self>, isLogarithmic: Bool, on delta: Matrix<Self>) throws(BackendError)
  /// Loss and output delta; see ``LossRequest``.
  func enqueueLoss(_ request: LossRequest<Self>) throws(BackendError)
  /// `delta = delta · f'(z)`, elementwise, with the derivative taken from what
  /// ``Activation/derivativeSource`` names: the output `f(z)` or `z` itself.
  func enqueueActivationDelta(
    _ activation: Activation, saved: Matrix<Self>, on delta: Matrix<Self>) throws(BackendError)
  /// `c = a + b`; `c` may be the memory of `a` or of `b`.
  func enqueueAdd(
    _ a: Matrix<Self>, _ b: Matrix<Self>, into c: Matrix<Self>) throws(BackendError)

  // MARK: Layers beyond dense

  /// ``BatchNormalizationNode`` forward, in training.
  func enqueueBatchNormalization(
    _ input: Matrix<Self>, _ layer: NormalizationParameters<Self>,
    batch: NormalizationStatistics<Self>, running: RunningStatistics<Self>, momentum: Float,
    epsilon: Float, into output: Matrix<Self>) throws(BackendError)
  /// ``BatchNormalizationNode`` backward; without `inputDelta` only the gradients, which are added
  /// to their old values times `beta`.
  func enqueueBatchNormalizationDelta(
    _ delta: Matrix<Self>, input: Matrix<Self>, scale: Vector<Self>,
    batch: NormalizationStatistics<Self>, gradients: NormalizationParameters<Self>, beta: Float,
    into inputDelta: Matrix<Self>?, adding: Bool) throws(BackendError)
  /// ``BatchNormalizationNode`` at evaluation.
  func enqueueNormalize(
    _ input: Matrix<Self>, by running: RunningStatistics<Self>,
    _ layer: NormalizationParameters<Self>, epsilon: Float, into output: Matrix<Self>
  ) throws(BackendError)
  /// ``LayerNormalizationNode`` forward.
  func enqueueLayerNormalization(
    _ input: Matrix<Self>, _ layer: NormalizationParameters<Self>,
    rows: NormalizationStatistics<Self>, epsilon: Float, into output: Matrix<Self>
  ) throws(BackendError)
  /// ``LayerNormalizationNode`` backward: the delta of the input.
  func enqueueLayerNormalizationDelta(
    _ delta: Matrix<Self>, input: Matrix<Self>, scale: Vector<Self>,
    rows: NormalizationStatistics<Self>, into inputDelta: Matrix<Self>, adding: Bool
  ) throws(BackendError)
  /// ``LayerNormalizationNode`` backward: the gradients, added to their old values times `beta`.
  func enqueueLayerNormalizationGradients(
    _ delta: Matrix<Self>, input: Matrix<Self>, rows: NormalizationStatistics<Self>, beta: Float,
    into gradients: NormalizationParameters<Self>) throws(BackendError)
  /// ``DropoutNode``, forward and backward; input and output may be the same memory.
  func enqueueDropout(
    _ input: Matrix<Self>, _ mask: DropoutMask, into output: Matrix<Self>, adding: Bool
  ) throws(BackendError)
  /// ``MaxoutNode`` forward.
  func enqueueMaxout(_ input: Matrix<Self>, into output: Matrix<Self>) throws(BackendError)
  /// ``MaxoutNode`` backward.
  func enqueueMaxoutDelta(
    _ delta: Matrix<Self>, input: Matrix<Self>, into inputDelta: Matrix<Self>
  ) throws(BackendError)

  // MARK: Sums, updates

  /// `sums[j] = Σ_i matrix[i, j] + beta · sums[j]`.
  func enqueueColumnSums(
    of matrix: Matrix<Self>, beta: Float, into sums: Vector<Self>) throws(BackendError)
  /// Sets every element to `value`.
  func enqueueFill(_ vector: Vector<Self>, with value: Float) throws(BackendError)
  /// `parameters = parameters - rate · velocity`, the rate being the rule's times the step's factor.
  func enqueueUpdate(
    _ parameters: Vector<Self>, velocity: Vector<Self>, rule: SGD) throws(BackendError)
  /// One step of ``SGD`` with momentum, Nesterov's too.
  func enqueueMomentum(
    _ parameters: Vector<Self>, gradients: Vector<Self>, velocity: Vector<Self>, rule: SGD
  ) throws(BackendError)
  /// One step of ``Adagrad``.
  func enqueueAdagrad(
    _ parameters: Vector<Self>, gradients: Vector<Self>, squares: Vector<Self>, rule: Adagrad
  ) throws(BackendError)
  /// One step of ``RMSProp``; without a velocity where the rule has no momentum.
  func enqueueRMSProp(
    _ parameters: Vector<Self>, gradients: Vector<Self>, squares: Vector<Self>,
    velocity: Vector<Self>?, rule: RMSProp) throws(BackendError)
  /// One step of ``Adam``.
  func enqueueAdam(
    _ parameters: Vector<Self>, gradients: Vector<Self>, means: Vector<Self>,
    squares: Vector<Self>, rule: Adam) throws(BackendError)
  /// `gradients += l1 · sign(weights) + l2 · weights`, the sign of 0 being 0.
  func enqueuePenaltyGradient(
    _ penalties: Penalties, of weights: Vector<Self>, to gradients: Vector<Self>
  ) throws(BackendError)
  /// Elements beyond `±limit` become that; NaN stays.
  func enqueueClip(_ vector: Vector<Self>, to limit: Float) throws(BackendError)
  /// Cuts a vector into as many groups as there are sums, in an order of its own, and sums each.
  func enqueuePartialSums(
    of vector: Vector<Self>, _ measure: Magnitude, into sums: Vector<Self>) throws(BackendError)
  /// `vector *= min(1, limit / (√Σ squares + 1e-6))`; see ``GradientClipping/norm``.
  func enqueueClipNorm(
    of vector: Vector<Self>, squares: Vector<Self>, to limit: Float) throws(BackendError)
  /// `weights *= 1 - rate · decay`, the rate being `learningRate` times the step's factor.
  func enqueueDecay(
    _ weights: Vector<Self>, by decay: Float, learningRate: Float) throws(BackendError)
  /// Columns longer than `limit` are scaled to it; one without a finite length becomes NaN.
  func enqueueColumnNormLimit(of matrix: Matrix<Self>, to limit: Float) throws(BackendError)
  /// `products[i, j] = k(u_i, v_j)`, where `products` holds `u_i · v_j`, `rowSquares` holds `|u_i|²`
  /// and `columnSquares` holds `|v_j|²`.
  func enqueueKernelFunction(
    _ function: KernelFunction, rowSquares: Vector<Self>, columnSquares: Vector<Self>,
    on products: Matrix<Self>) throws(BackendError)

  // MARK: Composite operations

  /// `output = f(input · weights + bias)`. By default ``enqueueMatmul`` and ``enqueueActivation``.
  func enqueueDenseForward(
    _ input: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    into output: Matrix<Self>) throws(BackendError)
  /// `inputDelta = (delta · weightsᵀ) · f'(input)`, where `input` is the output of an `activation`.
  /// By default ``enqueueMatmul`` and ``enqueueActivationDelta``.
  func enqueueDenseBackward(
    _ delta: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    input: Matrix<Self>, into inputDelta: Matrix<Self>) throws(BackendError)
  /// The gathering of a batch and a dense layer forward; see ``InputLayer``. By default
  /// ``enqueueGather`` and ``enqueueDenseForward``.
  func enqueueInputLayer(_ layer: InputLayer<Self>) throws(BackendError)
  /// A dense layer forward, its loss, and its input's delta; see ``OutputLayer``. By default
  /// ``enqueueDenseForward``, ``enqueueLoss`` and ``enqueueDenseBackward``.
  func enqueueOutputLayer(_ layer: OutputLayer<Self>) throws(BackendError)
  /// `velocity = momentum · velocity + inputᵀ · delta` and `weights -= rate · velocity`, for each
  /// layer, biases likewise. By default the products and sums accumulate into the velocity, and
  /// one ``enqueueUpdate`` changes all parameters.
  func enqueueDenseUpdates(
    _ updates: [DenseUpdate<Self>], parameters: Vector<Self>, velocity: Vector<Self>, rule: SGD
  ) throws(BackendError)
  /// All of a training step; see ``DenseStep``. False where the backend leaves it to be done one
  /// operation after the other.
  func enqueueDenseStep(_ step: DenseStep<Self>) throws(BackendError) -> Bool
}

/// What changes from one run of a prepared sequence to the next.
public struct StepArguments: Sendable, Equatable {
  /// Added to the start of every ``BatchIndices``: where in the index buffer this batch begins.
  public var firstIndex: Int
  /// The number of the step, counted from 1 over all epochs.
  public var step: Int
  /// Multiplies the learning rate of every update: the value of a schedule.
  public var learningRateFactor: Float
  /// The place of the first row in its batch, where a batch is taken in parts: decides with the step
  /// what ``DropoutMask``s drop.
  public var rowOffset: Int

  /// Neutral values, unless told otherwise.
  public init(
    firstIndex: Int = 0, step: Int = 1, learningRateFactor: Float = 1, rowOffset: Int = 0
  ) {
    self.firstIndex = firstIndex
    self.step = step
    self.learningRateFactor = learningRateFactor
    self.rowOffset = rowOffset
  }

  /// What a decoupled weight decay leaves of a weight: `1 - rate · decay`.
  public func share(keptBy decay: Float, learningRate: Float) -> Float {
    Float(1 - Double(learningRate) * Double(learningRateFactor) * Double(decay))
  }
}

extension Backend {
  /// Does nothing.
  public func anticipate(_ operations: () throws(BackendError) -> Void) {}

  /// Product, then bias and activation.
  public func enqueueDenseForward(
    _ input: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    into output: Matrix<Self>
  ) throws(BackendError) {
    try enqueueMatmul(input, layer.weights, alpha: 1, beta: 0, into: output)
    try enqueueActivation(activation, of: output, bias: layer.bias, into: output)
  }

  /// Product, then the activation's derivative.
  public func enqueueDenseBackward(
    _ delta: Matrix<Self>, _ layer: DenseParameters<Self>, _ activation: Activation,
    input: Matrix<Self>, into inputDelta: Matrix<Self>
  ) throws(BackendError) {
    try enqueueMatmul(delta, layer.weights.transposed, alpha: 1, beta: 0, into: inputDelta)
    if activation != .identity {
      try enqueueActivationDelta(activation, saved: input, on: inputDelta)
    }
  }

  /// Two accumulations a layer, then one update of everything.
  public func enqueueDenseUpdates(
    _ updates: [DenseUpdate<Self>], parameters: Vector<Self>, velocity: Vector<Self>, rule: SGD
  ) throws(BackendError) {
    try denseGradients(updates, beta: rule.momentum)
    try enqueueUpdate(parameters, velocity: velocity, rule: rule)
  }
}
