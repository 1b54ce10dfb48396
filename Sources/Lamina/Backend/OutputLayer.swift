/// The last dense layer of a network with its loss, and the delta of its input.
public struct OutputLayer<B: Backend> {
  /// The delta of a layer's input that is the output of an activation.
  public struct InputDelta {
    /// The activation, whose derivative follows from its output.
    public let activation: Activation
    /// Receives the delta, of the input's shape.
    public let delta: Matrix<B>

    /// Pairs an activation with the place of the delta.
    public init(_ activation: Activation, delta: Matrix<B>) {
      self.activation = activation
      self.delta = delta
    }
  }

  /// The input of the layer, batch × inputs.
  public let input: Matrix<B>
  /// The layer's parameters.
  public let parameters: DenseParameters<B>
  /// The loss of the layer's outputs, with their activation.
  public let loss: LossRequest<B>
  /// The delta of the input; nil where none is wanted.
  public let inputDelta: InputDelta?

  /// Puts the operands together.
  public init(
    input: Matrix<B>, parameters: DenseParameters<B>, loss: LossRequest<B>, inputDelta: InputDelta?
  ) {
    self.input = input
    self.parameters = parameters
    self.loss = loss
    self.inputDelta = inputDelta
  }
}

extension Backend {
  /// `outputs = f(input · weights + bias)`, their loss with its delta, and from that
  /// `inputDelta = (delta · weightsᵀ) · f'(input)`.
  public func outputLayer(_ layer: OutputLayer<Self>) throws(BackendError) {
    checkDense(layer.input, layer.parameters, into: layer.loss.outputs)
    check(layer.loss)
    if let inputDelta = layer.inputDelta {
      checkDenseBackward(
        layer.loss.delta, layer.parameters, inputDelta.activation, input: layer.input,
        into: inputDelta.delta)
    }
    try enqueueOutputLayer(layer)
  }

  /// ``enqueueDenseForward``, ``enqueueLoss``, then ``enqueueDenseBackward``.
  public func enqueueOutputLayer(_ layer: OutputLayer<Self>) throws(BackendError) {
    try enqueueParts(of: layer)
  }

  /// The operations that an output layer stands for, one after the other.
  package func enqueueParts(of layer: OutputLayer<Self>) throws(BackendError) {
    let loss = layer.loss
    try enqueueDenseForward(layer.input, layer.parameters, loss.activation, into: loss.outputs)
    try enqueueLoss(loss)
    guard let inputDelta = layer.inputDelta else { return }
    try enqueueDenseBackward(
      loss.delta, layer.parameters, inputDelta.activation, input: layer.input,
      into: inputDelta.delta)
  }
}
