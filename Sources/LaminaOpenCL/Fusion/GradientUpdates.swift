import Lamina

/// Gradients of dense layers with the plain gradient descent that follows them.
struct GradientUpdates {
  /// In the order of the list.
  var layers: [LayerUpdate]
  /// The places in the list of each layer's two operations.
  let places: [[Int]]
  /// Operations between gradients and update that touch neither, with their places.
  let others: [(place: Int, operation: Operation<OpenCLBackend>)]
  /// The number of operations of the list that it takes.
  let count: Int
  /// The updates at the end: one of all parameters, or several of parts.
  private let updates: [Operation<OpenCLBackend>.Update]

  /// All parameters that change, from the first to the last.
  var parameters: Vector<OpenCLBackend> { Self.whole(updates.map(\.parameters)) }
  /// Their gradients or velocities.
  var velocity: Vector<OpenCLBackend> { Self.whole(updates.map(\.gradients)) }

  private static func whole(_ parts: [Vector<OpenCLBackend>]) -> Vector<OpenCLBackend> {
    let start = parts.map(\.offset).min() ?? 0
    let end = parts.map { $0.offset + $0.count }.max() ?? 0
    return Vector(buffer: parts[0].buffer, offset: start, count: end - start)
  }

  /// The updates that a list begins with, by one plain rule and in the same memory.
  private static func updates(
    _ operations: ArraySlice<Operation<OpenCLBackend>>
  ) -> [Operation<OpenCLBackend>.Update] {
    var updates: [Operation<OpenCLBackend>.Update] = []
    for operation in operations {
      guard case .update(let update) = operation, case .sgd = update.optimizer,
        update.state.isEmpty
      else { break }
      if let first = updates.first {
        let shift = first.gradients.offset - first.parameters.offset
        guard update.optimizer == first.optimizer,
          update.parameters.buffer === first.parameters.buffer,
          update.gradients.buffer === first.gradients.buffer,
          update.gradients.offset - update.parameters.offset == shift
        else { break }
      }
      updates.append(update)
    }
    return updates
  }

  /// The updates that a list begins with; nil where it begins with something else, or where
  /// anything between gradients and update depends on the gradients.
  init?(_ operations: [Operation<OpenCLBackend>]) {
    var gradients:
      [(product: Operation<OpenCLBackend>.Matmul, sums: Operation<OpenCLBackend>.ColumnSums)] = []
    var places: [[Int]] = []
    var others: [(Int, Operation<OpenCLBackend>)] = []
    var place = 0
    while place < operations.count {
      if place + 1 < operations.count, case .matmul(let product) = operations[place],
        case .columnSums(let sums) = operations[place + 1], product.alpha == 1,
        sums.beta == product.beta,
        sums.matrix.isSame(as: product.b)
      {
        gradients.append((product, sums))
        places.append([place, place + 1])
        place += 2
        continue
      }
      if case .update(let first) = operations[place] {
        let updates = Self.updates(operations[place...])
        guard !gradients.isEmpty, case .sgd(let rule) = first.optimizer, !updates.isEmpty,
          Self.areIndependent(others.map(\.1), of: places.joined().map { operations[$0] })
        else { return nil }
        let layers = gradients.compactMap { Self.layer($0.product, $0.sums, updates, rule) }
        guard layers.count == gradients.count else { return nil }
        (self.layers, self.places, self.others) = (layers, places, others)
        count = place + updates.count
        self.updates = updates
        return
      }
      if gradients.isEmpty { return nil }
      others.append((place, operations[place]))
      place += 1
    }
    return nil
  }

  private static func areIndependent(
    _ others: [Operation<OpenCLBackend>], of gradients: [Operation<OpenCLBackend>]
  ) -> Bool {
    others.allSatisfy { other in gradients.allSatisfy { !$0.dependsOn(other) } }
  }

  /// The parameters of a layer lie in those of the update as its gradients lie in the update's.
  private static func layer(
    _ product: Operation<OpenCLBackend>.Matmul, _ sums: Operation<OpenCLBackend>.ColumnSums,
    _ updates: [Operation<OpenCLBackend>.Update], _ rule: SGD
  ) -> LayerUpdate? {
    func place(_ buffer: DeviceBuffer, _ offset: Int, _ count: Int) -> Int? {
      for update in updates where update.gradients.buffer === buffer {
        let start = offset - update.gradients.offset
        if start >= 0, start + count <= update.gradients.count {
          return update.parameters.offset + start
        }
      }
      return nil
    }
    let (c, bias) = (product.c, sums.sums)
    guard let weights = place(c.buffer, c.offset, c.memory.count),
      let biasPlace = place(bias.buffer, bias.offset, bias.count)
    else { return nil }
    let buffer = updates[0].parameters.buffer
    return LayerUpdate(
      input: product.a.transposed, delta: product.b,
      parameters: DenseParameters(
        weights: Matrix(
          buffer: buffer, offset: weights, rows: c.rows, columns: c.columns, stride: c.stride),
        bias: Vector(buffer: buffer, offset: biasPlace, count: bias.count)),
      velocity: DenseParameters(weights: c, bias: bias), momentum: product.beta,
      learningRate: rule.learningRate)
  }

  /// True if nothing but the layers changes.
  var isWhole: Bool { rest(without: layers).isEmpty }

  /// Updates of the remaining parameters where some layers have their own.
  func rest(without layers: [LayerUpdate]) -> [Operation<OpenCLBackend>] {
    // Numbers between tensors are zero and stay so.
    let taken = layers.flatMap { layer in
      [layer.parameters.weights.memory, layer.parameters.bias].map {
        $0.offset..<($0.offset + $0.count).rounded(upTo: MatrixLayout.rowAlignment)
      }
    }
    return updates.flatMap { update in
      let start = update.parameters.offset
      return update.parts(without: taken.map { $0.lowerBound - start..<$0.upperBound - start })
        .map(Operation.update)
    }
  }
}
