/// The gathering of a batch and the first dense layer of a network.
public struct InputLayer<B: Backend> {
  /// The rows of the batch.
  public let batch: BatchIndices<B>
  /// Where they come from.
  public let examples: Examples<B>
  /// How they are scaled.
  public let scaling: DeviceScaling<B>
  /// Receives them, batch × inputs.
  public let input: Matrix<B>
  /// The layer's parameters.
  public let parameters: DenseParameters<B>
  /// The layer's activation.
  public let activation: Activation
  /// Receives what the layer makes of them, batch × outputs.
  public let output: Matrix<B>

  /// Puts the operands together.
  public init(
    batch: BatchIndices<B>, examples: Examples<B>, scaling: DeviceScaling<B>, input: Matrix<B>,
    parameters: DenseParameters<B>, activation: Activation, output: Matrix<B>
  ) {
    self.batch = batch
    self.examples = examples
    self.scaling = scaling
    self.input = input
    self.parameters = parameters
    self.activation = activation
    self.output = output
  }
}

extension Backend {
  /// Gathers a batch, and `output = f(input · weights + bias)`.
  public func inputLayer(_ layer: InputLayer<Self>) throws(BackendError) {
    checkGather(layer.batch, of: layer.examples, scaling: layer.scaling, into: layer.input)
    checkDense(layer.input, layer.parameters, into: layer.output)
    try enqueueInputLayer(layer)
  }

  /// ``enqueueGather``, then ``enqueueDenseForward``.
  public func enqueueInputLayer(_ layer: InputLayer<Self>) throws(BackendError) {
    try enqueueParts(of: layer)
  }

  /// The operations that an input layer stands for, one after the other.
  package func enqueueParts(of layer: InputLayer<Self>) throws(BackendError) {
    try enqueueGather(
      layer.batch, of: layer.examples, scaling: layer.scaling, into: layer.input)
    try enqueueDenseForward(layer.input, layer.parameters, layer.activation, into: layer.output)
  }
}
