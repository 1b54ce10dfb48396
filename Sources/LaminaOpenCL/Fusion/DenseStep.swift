import Lamina

/// A training step of a network of nothing but dense layers, from the gathering of the batch to the
/// update of all parameters by plain gradient descent.
struct DenseStep {
  /// One of the layers.
  struct Layer {
    let update: LayerUpdate
    let activation: Activation
    /// Receives the layer's output, batch × outputs.
    let output: Matrix<OpenCLBackend>
  }

  let gather: Operation<OpenCLBackend>.Gather
  /// From the first to the last, at least one.
  let layers: [Layer]
  let loss: Operation<OpenCLBackend>.LossEvaluation
  /// The parameters of all layers, of which theirs are parts.
  let parameters: Vector<OpenCLBackend>
  /// The velocities of all layers, laid out in the same way.
  let velocity: Vector<OpenCLBackend>
  /// The share of the velocity that stays.
  let momentum: Float
  /// Before any schedule.
  let learningRate: Float

  /// The step that a list is; nil where it is none.
  init?(_ operations: [Operation<OpenCLBackend>]) {
    var reader = OperationReader(operations)
    guard case .gather(let gather) = reader.next() else { return nil }
    var forward: [MatrixProduct] = []
    while let product = reader.product(ActivationRule()) { forward.append(product) }
    guard let last = forward.last, case .loss(let loss) = reader.next(),
      loss.outputs.isSame(as: last.c), loss.activation == .identity,
      case .activation(.identity, _) = last.epilogue, forward[0].a.isSame(as: gather.output),
      zip(forward, forward.dropFirst()).allSatisfy({ $0.c.isSame(as: $1.a) }),
      let deltas = Self.deltas(&reader, forward, loss.delta),
      let update = reader.update(of: forward, deltas), reader.isAtEnd
    else { return nil }
    self.gather = gather
    self.loss = loss
    (parameters, velocity) = (update.parameters, update.velocity)
    (momentum, learningRate) = (update.layers[0].momentum, update.layers[0].learningRate)
    layers = zip(forward, update.layers).map { product, update in
      Layer(
        update: update, activation: product.epilogue.activation ?? .identity, output: product.c)
    }
    guard layers.allSatisfy({ $0.update.momentum == momentum }) else { return nil }
  }

  /// The delta of each layer's output, the last being that of the loss.
  private static func deltas(
    _ reader: inout OperationReader, _ forward: [MatrixProduct], _ last: Matrix<OpenCLBackend>
  ) -> [Matrix<OpenCLBackend>]? {
    var deltas = [last]
    for layer in forward.dropFirst().reversed() {
      let back: MatrixProduct
      if let product = reader.product(DerivativeRule()) {
        guard case .derivative(_, let output) = product.epilogue, output.isSame(as: layer.a) else {
          return nil
        }
        back = product
      } else if case .matmul(let product) = reader.next(), product.isPlain {
        back = MatrixProduct(
          a: product.a, b: product.b, c: product.c, epilogue: .plain(alpha: 1, beta: 0))
      } else {
        return nil
      }
      guard back.a.isSame(as: deltas[0]), back.b.isSame(as: layer.b.transposed) else {
        return nil
      }
      deltas.insert(back.c, at: 0)
    }
    return deltas
  }
}

/// Goes through a list from its beginning.
private struct OperationReader {
  private var rest: ArraySlice<Operation<OpenCLBackend>>

  init(_ operations: [Operation<OpenCLBackend>]) { rest = operations[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func next() -> Operation<OpenCLBackend>? { rest.popFirst() }

  /// The product that the next two operations are by a rule.
  mutating func product(_ rule: some PairRule) -> MatrixProduct? {
    guard let product = rule.product(of: Array(rest.prefix(2))) else { return nil }
    rest = rest.dropFirst(2)
    return product
  }

  /// The updates of all layers, given by their forward products and the deltas of their outputs.
  mutating func update(
    of forward: [MatrixProduct], _ deltas: [Matrix<OpenCLBackend>]
  ) -> GradientUpdates? {
    guard let updates = GradientUpdates(Array(rest)), updates.others.isEmpty,
      updates.layers.count == forward.count, updates.isWhole
    else { return nil }
    rest = rest.dropFirst(updates.count)
    var sorted = updates
    sorted.layers = updates.layers.reversed()
    for ((layer, product), delta) in zip(zip(sorted.layers, forward), deltas) {
      guard layer.input.isSame(as: product.a), layer.delta.isSame(as: delta),
        layer.parameters.weights.isSame(as: product.b)
      else { return nil }
      if case .activation(_, let bias) = product.epilogue,
        bias.buffer !== layer.parameters.bias.buffer || bias.offset != layer.parameters.bias.offset
      {
        return nil
      }
    }
    return sorted
  }
}
