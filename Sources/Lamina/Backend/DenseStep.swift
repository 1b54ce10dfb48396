/// A training step of a network of nothing but dense layers: from the gathering of the batch to the
/// update of all parameters.
public struct DenseStep<B: Backend> {
  /// One of the layers.
  public struct Layer {
    /// The layer's input, with what its update reads and changes.
    public let update: DenseUpdate<B>
    /// The layer's activation.
    public let activation: Activation
    /// Receives what the layer makes of its input, batch × outputs.
    public let output: Matrix<B>

    /// Puts the operands of a layer together.
    public init(_ update: DenseUpdate<B>, _ activation: Activation, output: Matrix<B>) {
      self.update = update
      self.activation = activation
      self.output = output
    }
  }

  /// Where the batch comes from.
  public let examples: Examples<B>
  /// How it is scaled.
  public let scaling: DeviceScaling<B>
  /// The layers, from the first to the last, at least one.
  public let layers: [Layer]
  /// The loss of the last layer's output, with the rows of the batch.
  public let loss: LossRequest<B>
  /// The parameters of all layers, of which theirs are views.
  public let parameters: Vector<B>
  /// The velocities of all layers, laid out in the same way.
  public let velocity: Vector<B>
  /// What the gradients do.
  public let rule: SGD

  /// Puts the operands together.
  public init(
    examples: Examples<B>, scaling: DeviceScaling<B>, layers: [Layer], loss: LossRequest<B>,
    parameters: Vector<B>, velocity: Vector<B>, rule: SGD
  ) {
    self.examples = examples
    self.scaling = scaling
    self.layers = layers
    self.loss = loss
    self.parameters = parameters
    self.velocity = velocity
    self.rule = rule
  }
}

extension Backend {
  /// Runs a whole training step; false, with nothing done, where the backend has no better way than
  /// one operation after the other.
  public func denseStep(_ step: DenseStep<Self>) throws(BackendError) -> Bool {
    for layer in step.layers {
      checkDense(layer.update.input, layer.update.parameters, into: layer.output)
    }
    checkUpdates(
      step.layers.map(\.update), parameters: step.parameters, velocity: step.velocity)
    check(step.loss)
    guard let first = step.layers.first, let last = step.layers.last else {
      preconditionFailure("denseStep: no layers")
    }
    precondition(
      zip(step.layers, step.layers.dropFirst()).allSatisfy { former, latter in
        former.output.storage === latter.update.input.storage
      } && last.output.storage === step.loss.outputs.storage
        && last.update.delta.storage === step.loss.delta.storage,
      "denseStep: each layer takes the output of the one before it, and the loss that of the last")
    checkGather(
      step.loss.batch, of: step.examples, scaling: step.scaling, into: first.update.input)
    return try enqueueDenseStep(step)
  }

  /// By default a backend has no better way than one operation after the other.
  public func enqueueDenseStep(_ step: DenseStep<Self>) throws(BackendError) -> Bool { false }
}
