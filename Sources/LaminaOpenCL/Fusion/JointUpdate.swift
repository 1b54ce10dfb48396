import Lamina

/// The updates of several layers that `matmul_updates.cl` makes in one launch.
struct JointUpdate {
  /// One of the layers.
  struct Layer {
    let update: LayerUpdate
    /// The starts of its weights and its bias in the vector of all parameters, in floats.
    let weights, bias: Int
  }

  /// The number of layers that the kernel can take.
  static let layerCounts = 2...4

  let rows, vectors: Int
  /// Tiles of a group.
  let tiles: Int
  let layers: [Layer]
  let parameters: Vector<OpenCLBackend>
  let velocity: Vector<OpenCLBackend>
  let momentum, learningRate: Float

  /// The shape of its tiles as a method for products has it.
  var method: MatmulMethod { .vector(rows: rows, vectors: vectors, tiles: 2) }
}

extension JointUpdate.Layer {
  /// The product that accumulates its gradients into its velocity.
  var product: MatrixProduct { update.product }

  /// A layer whose velocity lies in `velocity` as its parameters lie in `parameters`; nil for others.
  init?(
    _ update: LayerUpdate, parameters: Vector<OpenCLBackend>, velocity: Vector<OpenCLBackend>
  ) {
    let (own, others) = (update.parameters, update.velocity)
    let weights = own.weights.offset - parameters.offset
    let bias = own.bias.offset - parameters.offset
    guard own.weights.buffer === parameters.buffer, own.bias.buffer === parameters.buffer,
      others.weights.buffer === velocity.buffer, others.bias.buffer === velocity.buffer,
      weights >= 0, bias >= 0, others.weights.offset - velocity.offset == weights,
      others.bias.offset - velocity.offset == bias, others.weights.stride == own.weights.stride
    else { return nil }
    self.update = update
    self.weights = weights
    self.bias = bias
  }

  /// The number of groups that it takes, of `tiles` tiles below each other.
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

extension CommandEncoder {
  /// Adds the kernel that updates all layers.
  func encode(_ joint: JointUpdate) throws(BackendError) {
    var groups = 0
    var fields: [KernelArgument.Field] = [
      .count(joint.layers[0].product.depth), .count(joint.tiles), .float(joint.momentum),
    ]
    for layer in joint.layers {
      groups += layer.groups(rows: joint.rows, vectors: joint.vectors, tiles: joint.tiles)
      fields += layer.fields(end: groups)
    }
    products = joint.layers.map(\.product.profiled)
    defer { products = [] }
    try add(
      .matmulUpdates, headers: [.epilogues, .vectorTile, .layerUpdate],
      macros: [
        "EPILOGUE=UPDATE", "LAYERS=\(joint.layers.count)", "ROWS=\(joint.rows)",
        "VECTORS=\(joint.vectors)",
      ],
      [
        .fields(fields), .learningRate(joint.learningRate), .buffer(joint.parameters),
        .buffer(joint.velocity),
      ] + joint.layers.flatMap { [.buffer($0.product.a), .buffer($0.product.b)] },
      WorkSize(global: (groups, 1), local: (1, 1)))
  }
}

extension MatmulPlanner {
  /// True if a product may as well have tiles of this shape as its own, for the sake of a launch
  /// less.
  func joins(
    _ product: MatrixProduct, rows: Int, vectors: Int, by method: MatmulMethod
  ) -> Bool {
    guard case .vector(let ownRows, let ownVectors, _) = method else { return false }
    // The cost of a launch for a compute unit.
    let launch = 5000 * Double(computeUnits)
    return cycles(of: product, rows: rows, vectors: vectors)
      < cycles(of: product, rows: ownRows, vectors: ownVectors) + launch
  }
}
