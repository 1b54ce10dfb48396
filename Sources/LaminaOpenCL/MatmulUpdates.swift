import CKernelSources
import Lamina

/// The updates of several layers that `matmul_updates.cl` makes in one launch.
struct JointUpdate {
  /// One of the layers.
  struct Layer {
    let update: DenseUpdate<OpenCLBackend>
    /// The product that accumulates its gradients into its velocity.
    let product: MatrixProduct
    /// Where its weights and its bias begin in the vector of all parameters, in floats.
    let weights, bias: Int
  }

  /// What a program is made for.
  struct Variant: Hashable, Codable {
    /// The shape of the tiles, as in ``MatmulMethod/vector(rows:vectors:tiles:)``.
    let rows, vectors: Int
    let layers: Int
  }

  /// The number of layers that the kernel can take.
  static let layerCounts = 2...4

  let rows, vectors: Int
  /// Tiles of a group.
  let tiles: Int
  let layers: [Layer]
  let parameters: OpenCLBackend.Storage
  let velocity: OpenCLBackend.Storage
  let rule: SGD

  var variant: Variant { Variant(rows: rows, vectors: vectors, layers: layers.count) }

  func includes(_ update: DenseUpdate<OpenCLBackend>) -> Bool {
    layers.contains {
      $0.update.parameters.weights.storage.isSame(as: update.parameters.weights.storage)
    }
  }
}

extension JointUpdate.Layer {
  /// A layer whose velocity lies in `velocity` as its parameters lie in `parameters`; nil for others.
  init?(
    _ update: DenseUpdate<OpenCLBackend>, _ product: MatrixProduct,
    parameters: OpenCLBackend.Storage, velocity: OpenCLBackend.Storage
  ) {
    guard let weights = update.parameters.weights.storage.offset(in: parameters),
      let bias = update.parameters.bias.storage.offset(in: parameters),
      update.velocity.weights.storage.offset(in: velocity) == weights,
      update.velocity.bias.storage.offset(in: velocity) == bias,
      update.velocity.weights.stride == update.parameters.weights.stride
    else { return nil }
    self.update = update
    self.product = product
    self.weights = weights / MemoryLayout<Float>.stride
    self.bias = bias / MemoryLayout<Float>.stride
  }

  /// How many groups of `tiles` tiles below each other it takes.
  func groups(rows: Int, vectors: Int, tiles: Int) -> Int {
    product.rows.divided(by: rows * tiles) * product.columns.divided(by: 16 * vectors)
  }

  /// `LayerSizes` in `layer_update.clh`, where `end` groups are its own and those before it.
  func fields(end: Int) -> [KernelArgument.Field] {
    [
      .count(product.rows), .count(product.columns), .count(product.a.stride),
      .count(product.b.stride), .count(product.c.stride), .count(weights), .count(bias),
      .count(end),
    ]
  }
}

extension OpenCLBackend {
  /// The layers that one launch updates: the largest, and those that its tiles suit; nil where they
  /// are not several, or the kernel does not compute right.
  func jointUpdate(
    _ updates: [(update: DenseUpdate<OpenCLBackend>, product: MatrixProduct)],
    parameters: Storage, velocity: Storage, rule: SGD
  ) throws(BackendError) -> JointUpdate? {
    let largest = updates.map(\.product).max { $0.rows * $0.columns < $1.rows * $1.columns }
    guard let largest, case .vector(let rows, let vectors, _) = presumedMethod(for: largest)
    else { return nil }
    // The first layers tend to be the large ones: what comes last should be small.
    let layers = updates.reversed().compactMap { update, product -> JointUpdate.Layer? in
      guard planner.joins(product, rows: rows, vectors: vectors, by: presumedMethod(for: product))
      else { return nil }
      return JointUpdate.Layer(update, product, parameters: parameters, velocity: velocity)
    }.prefix(JointUpdate.layerCounts.upperBound)
    guard JointUpdate.layerCounts.contains(layers.count) else { return nil }
    let joint = JointUpdate(
      rows: rows, vectors: vectors,
      tiles: planner.tilesPerGroup(of: layers.map(\.product), rows: rows, vectors: vectors),
      layers: Array(layers), parameters: parameters, velocity: velocity, rule: rule)
    let method = MatmulMethod.vector(rows: rows, vectors: vectors, tiles: 2)
    let trial = KernelTrial.jointUpdate(
      JointUpdateTrialForm(
        variant: joint.variant, product: joint.layers[0].product.key.reduced(for: method)))
    return try isRight(trial) ? joint : nil
  }

  /// Updates a small layer in the place of each of the layers: the first wrong number.
  func mismatch(
    of form: JointUpdateTrialForm
  ) throws(BackendError) -> (expected: Float, actual: Float)? {
    let trial = try ProductTrial(form.product, .identity, on: self)
    for place in 0..<form.variant.layers {
      let wrong = try trial.mismatch { () throws(BackendError) in
        try trial.enqueue(at: place, of: form.variant)
      }
      if let wrong { return wrong }
    }
    return nil
  }

  /// Updates all layers, or only the one at the given place.
  func enqueue(_ joint: JointUpdate, only place: Int? = nil) throws(BackendError) {
    var groups = 0
    var fields: [KernelArgument.Field] = [
      .count(joint.layers[0].product.depth), .count(joint.tiles), .float(joint.rule.momentum),
    ]
    for (number, layer) in joint.layers.enumerated() {
      if place == nil || place == number {
        groups += layer.groups(rows: joint.rows, vectors: joint.vectors, tiles: joint.tiles)
      }
      fields += layer.fields(end: groups)
    }
    products = joint.layers.map(\.product)
    defer { products = [] }
    try perform(
      .matmulUpdates, headers: [.epilogues, .vectorTile, .layerUpdate],
      macros: [
        "EPILOGUE=UPDATE", "LAYERS=\(joint.layers.count)", "ROWS=\(joint.rows)",
        "VECTORS=\(joint.vectors)",
      ],
      [
        .fields(fields), .learningRate(joint.rule.learningRate), .buffer(joint.parameters),
        .buffer(joint.velocity),
      ]
        + joint.layers.flatMap { [.buffer($0.product.a.storage), .buffer($0.product.b.storage)] },
      WorkSize(global: (groups, 1), local: (1, 1)))
  }
}

extension MatmulPlanner {
  /// Whether a product may as well have tiles of this shape as its own, for the sake of a launch less.
  fileprivate func joins(
    _ product: MatrixProduct, rows: Int, vectors: Int, by method: MatmulMethod
  ) -> Bool {
    guard case .vector(let ownRows, let ownVectors, _) = method else { return false }
    // What a launch costs a compute unit.
    let launch = 5000 * Double(computeUnits)
    return cycles(of: product, rows: rows, vectors: vectors)
      < cycles(of: product, rows: ownRows, vectors: ownVectors) + launch
  }
}
