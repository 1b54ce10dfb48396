import Lamina

/// Gradients of dense layers with their plain gradient descent: one kernel for several layers, or
/// one a layer, with momentum, weights and bias as the epilogue of the product that makes the
/// gradient.
struct GradientUpdateRule: KernelRule {
  let name = "gradient with update"
  /// The name of a launch for several layers at once, which is tried as such.
  static let jointName = "joint update"

  func replacement(
    for items: ArraySlice<KernelItem>, on backend: OpenCLBackend
  ) throws(BackendError) -> KernelReplacement? {
    guard let updates = GradientUpdates(items.plain()) else { return nil }
    let update = items[items.startIndex + updates.count - 1].operations[0].place
    let joint = try backend.jointUpdate(updates)
    var taken = joint?.layers.map(\.update) ?? []
    var fused: [KernelItem] = []
    var pending: [Int] = []
    for (place, layer) in updates.layers.enumerated() {
      if let joint, joint.includes(layer) { continue }
      let method = try backend.method(for: layer.product)
      guard method.updatesParameters else {
        pending.append(place)
        continue
      }
      taken.append(layer)
      var item = KernelItem(
        .product(layer.product), by: name, for: items.items(at: updates.places[place]))
      item.operations += layer.updates.map { (update, $0) }
      fused.append(item)
    }
    guard !taken.isEmpty else { return nil }
    var result = items.items(at: updates.others.map(\.place))
    if let joint {
      let places = updates.layers.indices.filter { joint.includes(updates.layers[$0]) }
      var item = KernelItem(
        .jointUpdate(joint), by: Self.jointName,
        for: items.items(at: places.flatMap { updates.places[$0] }))
      item.operations += joint.layers.flatMap(\.update.updates).map { (update, $0) }
      result.append(item)
    }
    result += fused + pending.flatMap { items.items(at: updates.places[$0]) }
    result += updates.rest(without: taken).map { KernelItem($0, place: update) }
    return KernelReplacement(count: updates.count, by: result)
  }

  func form(
    of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend
  ) -> FusedKernel? {
    nil
  }
}

extension ArraySlice<KernelItem> {
  /// Items by their places from the beginning on.
  fileprivate func items(at places: [Int]) -> [KernelItem] {
    places.map { self[startIndex + $0] }
  }
}

extension OpenCLBackend {
  /// The layers that one launch updates: the largest, and those that its tiles suit; nil where they
  /// are not several, or the kernel does not compute right.
  fileprivate func jointUpdate(_ updates: GradientUpdates) throws(BackendError) -> JointUpdate? {
    let products = updates.layers.map(\.product)
    let largest = products.max { $0.rows * $0.columns < $1.rows * $1.columns }
    guard let largest, case .vector(let rows, let vectors, _) = presumedMethod(for: largest)
    else { return nil }
    // The first layers tend to be the large ones: the last work should be small.
    let layers = updates.layers.reversed().compactMap { layer -> JointUpdate.Layer? in
      let product = layer.product
      guard planner.joins(product, rows: rows, vectors: vectors, by: presumedMethod(for: product))
      else { return nil }
      return JointUpdate.Layer(layer, parameters: updates.parameters, velocity: updates.velocity)
    }.prefix(JointUpdate.layerCounts.upperBound)
    guard JointUpdate.layerCounts.contains(layers.count),
      layers.allSatisfy({ $0.update.momentum == layers[0].update.momentum })
    else { return nil }
    let joint = JointUpdate(
      Array(layers), rows: rows, vectors: vectors,
      tiles: planner.tilesPerGroup(of: layers.map(\.product), rows: rows, vectors: vectors),
      parameters: updates.parameters, velocity: updates.velocity)
    let sizes = SmallSizes(
      batch: layers[0].product.depth,
      others: layers.flatMap { [$0.product.rows, $0.product.columns] })
    let isRight = try isRight(
      GradientUpdateRule.jointName, joint.operations, sizes: sizes, method: joint.method)
    return isRight ? joint : nil
  }
}

extension JointUpdate {
  init(
    _ layers: [Layer], rows: Int, vectors: Int, tiles: Int, parameters: Vector<OpenCLBackend>,
    velocity: Vector<OpenCLBackend>
  ) {
    self.rows = rows
    self.vectors = vectors
    self.tiles = tiles
    self.layers = layers
    self.parameters = parameters
    self.velocity = velocity
    (momentum, learningRate) = (layers[0].update.momentum, layers[0].update.learningRate)
  }

  /// Reads ``operations`` back.
  init?(_ operations: [Operation<OpenCLBackend>], by method: MatmulMethod) {
    guard case .vector(let rows, let vectors, _) = method,
      let updates = GradientUpdates(operations), updates.others.isEmpty
    else { return nil }
    let layers = updates.layers.compactMap {
      Layer($0, parameters: updates.parameters, velocity: updates.velocity)
    }
    guard layers.count == updates.layers.count, Self.layerCounts.contains(layers.count) else {
      return nil
    }
    self.init(
      layers, rows: rows, vectors: vectors, tiles: 2, parameters: updates.parameters,
      velocity: updates.velocity)
  }

  /// The plain operations that it stands for.
  var operations: [Operation<OpenCLBackend>] {
    layers.flatMap { layer in
      [Operation<OpenCLBackend>].denseGradients(
        layer.update.input, layer.update.delta, beta: momentum, into: layer.update.velocity)
    } + [
      .update(
        parameters, gradients: velocity, by: .sgd(SGD(learningRate: learningRate)))
    ]
  }

  func includes(_ update: LayerUpdate) -> Bool {
    layers.contains {
      $0.update.parameters.weights.isSame(as: update.parameters.weights)
    }
  }
}
