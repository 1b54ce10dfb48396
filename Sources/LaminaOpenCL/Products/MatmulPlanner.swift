import Lamina

/// Chooses how each product is computed.
struct MatmulPlanner {
  let shape: WorkShape
  let computeUnits: Int
  /// True if copying parts of wide matrices together pays: on PoCL it does, by a third; the
  /// compiler of Intel's runtime makes code of a third of the speed of it.
  let packs: Bool
  /// Bytes of local memory that a group may have.
  var localMemory: Int
  /// Work-items that a group may have.
  let largestGroup: Int
  /// The device's clock in MHz; nil where it does not tell.
  var clock: Int?
  /// True for NVIDIA's GPUs, whose units do more than those of others.
  var isNVIDIA = true

  /// What the units of a GPU do.
  var rates: UnitRates { UnitRates(units: computeUnits, clock: clock, isNVIDIA: isNVIDIA) }

  /// The precision of the factors, or less than what they are multiplied in.
  var precision = Precision.fp32
  /// The units that multiply small matrices; nil where there are none.
  var tensorCores: TensorCores?

  /// The method for a product.
  func method(for product: MatrixProduct) -> MatmulMethod {
    let candidate = defaultMethod(for: product)
    return canUse(candidate, for: product) ? candidate : .clblast
  }

  /// True if a method can compute a product on this device.
  func canUse(_ method: MatmulMethod, for product: MatrixProduct) -> Bool {
    method.supports(product, on: shape) && fits(method)
      && (method.precision == .fp32 || method.precision == precision)
  }

  /// True if a group of this device is large enough, and has what the method needs.
  func fits(_ method: MatmulMethod) -> Bool {
    let needsTensorCores = method.precision != .fp32
    let more = needsTensorCores ? method.groupSize * (tensorCores?.bytesPerItem ?? 0) : 0
    return method.localBytes + more <= localMemory && method.groupSize <= largestGroup
      && (tensorCores != nil || !needsTensorCores)
  }

  /// The choice without measurements.
  private func defaultMethod(for product: MatrixProduct) -> MatmulMethod {
    guard shape.width == 16 else {
      return tensorMethod(for: product.key) ?? gpuMethod(for: product.key)
    }
    if product.b.isTransposed {
      return transposedTile(product.key) ?? .dot(steps: dotSteps(product))
    }
    // Rows of more than 512 columns are half a page long: each term of a sum lies in another page.
    if packs, product.columns > 512 { return packedTile(16) }
    return vectorTile(product)
  }

  /// The method for a product with a transposed matrix where `matmul_dot.cl` is slow: for few
  /// terms, of which it takes sixteen at a time, and for matrices beyond the caches, which it reads
  /// once for every few rows; nil elsewhere.
  func transposedTile(_ product: ProductShape) -> MatmulMethod? {
    if product.depth < 32, product.columns >= 64 {
      let tiles = product.rows.divided(by: 6) * product.columns.divided(by: 64)
      return packedTile(max(1, min(16, tiles / computeUnits)))
    }
    let beyondCaches = packs ? 1 << 22 : 1 << 24
    return product.depth * product.columns >= beyondCaches ? packedTile(32) : nil
  }

  /// Tiles of 6 × 64 in columns of up to `count`. With 16 the copied part of `b` and the unfinished
  /// sums take 88 KiB, with 32 112, which is well within a core's cache.
  private func packedTile(_ count: Int) -> MatmulMethod {
    let tile = MatmulMethod.packed(rows: 6, vectors: 4, tiles: count, block: 256)
    let smaller = MatmulMethod.packed(rows: 6, vectors: 4, tiles: min(count, 8), block: 64)
    return tile.localBytes <= localMemory ? tile : smaller
  }

  /// Enough work-items for all compute units several times over, but no smaller than needed:
  /// starting a group costs as much as some hundred multiplications.
  private func dotSteps(_ product: MatrixProduct) -> Int {
    let blocks = product.columns.divided(by: 16)
    let wanted = 8 * computeUnits
    let rowGroups = product.rows.divided(by: 4)
    return max(1, min(blocks, blocks * rowGroups / wanted))
  }

  /// The tile that wastes least: rows and vectors beyond the end are computed in vain, and small
  /// tiles load more numbers for each multiplication. Then as many tiles a group as leave each
  /// compute unit some groups to take in turn.
  private func vectorTile(_ product: MatrixProduct) -> MatmulMethod {
    let tiles = [(6, 4), (4, 4), (8, 3), (8, 2), (12, 2), (8, 1), (16, 1), (4, 2), (4, 1)]
    let best =
      tiles.min {
        cycles(of: product, rows: $0.0, vectors: $0.1)
          < cycles(of: product, rows: $1.0, vectors: $1.1)
      } ?? (4, 1)
    return .vector(
      rows: best.0, vectors: best.1,
      tiles: tilesPerGroup(of: [product], rows: best.0, vectors: best.1))
  }

  /// As many tiles below each other as leave each compute unit some groups to take in turn. All
  /// groups of a launch have as many: PoCL hands out half of the groups at first, whatever they
  /// cost.
  func tilesPerGroup(of products: [MatrixProduct], rows: Int, vectors: Int) -> Int {
    let count = products.reduce(0) { $0 + tileCount(of: $1, rows: rows, vectors: vectors) }
    return max(1, count / (8 * computeUnits))
  }

  private func tileCount(of product: MatrixProduct, rows: Int, vectors: Int) -> Int {
    product.rows.divided(by: rows) * product.columns.divided(by: 16 * vectors)
  }

  /// An estimate of the cost of a product by `matmul_vector.cl` for all compute units together.
  func cycles(of product: MatrixProduct, rows: Int, vectors: Int) -> Double {
    let rounds = tileCount(of: product, rows: rows, vectors: vectors).divided(by: computeUnits)
    // Two multiplications a cycle, two loads a cycle, four cycles until a sum can be used.
    let multiplications = Double(rows * vectors) / 2
    let loads = Double(rows + vectors) / 2
    return Double(rounds * computeUnits)
      * (max(multiplications, loads, 4) * Double(product.depth) + 100)
  }
}
