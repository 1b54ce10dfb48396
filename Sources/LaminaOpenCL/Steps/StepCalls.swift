import Lamina

/// The device functions of the operations of a step.
struct StepCalls {
  let operations: KernelCalls
  let groups: StepGroups
  /// Bytes of local memory that a group may have.
  let localMemory: Int
  /// The places of products that go by tiles, in phases of their own. All others go by the rows of
  /// their results.
  var tiled: Set<Int> = []

  /// What an operation is in a step.
  enum Call {
    /// It takes rows, columns or numbers.
    case units(KernelCall)
    case tiles(KernelCall, TileGrid)
    /// It changes nothing.
    case nothing
    /// There is no device function for it.
    case unknown
  }

  /// The function of an operation at a place of its list.
  func call(_ operation: Operation<OpenCLBackend>, at place: Int) -> Call {
    if case .matmul(let product) = operation {
      if groups.size == 1 { return processorProduct(product).map(Call.units) ?? .unknown }
      return groupProduct(product, isTiled: tiled.contains(place))
    }
    return operations.call(operation).map(Call.units) ?? .nothing
  }

  /// A product by rows on processors; nil for shapes without a function.
  private func processorProduct(_ product: Operation<OpenCLBackend>.Matmul) -> KernelCall? {
    let (a, b, c) = (product.a, product.b, product.c)
    guard b.stride % 16 == 0, c.stride % 16 == 0 else { return nil }
    let sizes: [KernelArgument] = [
      .count(c.columns), .count(product.depth), .count(a.stride), .count(b.stride),
      .count(c.stride),
    ]
    let last: [KernelArgument] = [
      .float(product.alpha), .float(product.beta), .buffer(a), .buffer(b), .buffer(c),
    ]
    if !b.isTransposed {
      return KernelCall(
        .stepProduct, headers: [.vectorTile, .stepProductSums],
        macros: ["ROWS=8", "VECTORS=\(c.columns > 16 ? 2 : 1)"]
          + (a.isTransposed ? ["TRANSPOSED"] : []), sizes + last, .rows(c.rows), unit: 8)
    }
    guard !a.isTransposed, a.stride % 16 == 0 else { return nil }
    if product.depth < 32 {
      let bytes = product.depth * c.columns.rounded(upTo: 16) * 4
      guard bytes <= localMemory else { return nil }
      return KernelCall(
        .stepProductTurned, headers: [.stepProductSums], macros: ["ROWS=8"],
        sizes + last + [.local(bytes, .float)], .rows(c.rows), unit: 8)
    }
    return KernelCall(
      .stepProductDot, headers: [.dotTile, .stepProductSums], sizes + last, .rows(c.rows), unit: 8)
  }

  /// A product by all work-items of a group.
  private func groupProduct(
    _ product: Operation<OpenCLBackend>.Matmul, isTiled: Bool
  ) -> Call {
    let (a, b, c) = (product.a, product.b, product.c)
    guard [a, b, c].allSatisfy({ $0.stride % 4 == 0 && $0.offset % 4 == 0 }) else {
      return .unknown
    }
    let tiles = isTiled ? TileGrid(for: product, groups) : nil
    let columns = tiles?.tileColumns ?? c.columns
    let vectors = min(groups.size / 4, columns.divided(by: 4).roundedUpToPowerOfTwo)
    // The transpose of `a` is read by whole vectors of 4 rows.
    let rows = a.isTransposed || (tiles?.tileRows ?? c.rows.divided(by: groups.count)) > 1 ? 4 : 1
    let range: [KernelArgument] = isTiled ? [] : [.count(0), .count(c.columns)]
    let call = KernelCall(
      .stepProductGroup, headers: [.operands, .lanesTile],
      macros: ["ALIGNED", "ROWS=\(rows)", "VECTORS=\(vectors)"]
        + (a.isTransposed ? ["TRANSPOSED_A"] : []) + (b.isTransposed ? ["TRANSPOSED_B"] : []),
      range + [
        .count(c.columns), .count(product.depth), .count(a.stride), .count(b.stride),
        .count(c.stride), .float(product.alpha), .float(product.beta), .buffer(a, .fours),
        .buffer(b, .fours), .buffer(c, .fours), .local(groups.size * rows * 16, .fours),
      ], .rows(c.rows), unit: rows)
    return tiles.map { .tiles(call, $0) } ?? .units(call)
  }
}

extension Int {
  /// The least power of two that is not below this number.
  var roundedUpToPowerOfTwo: Int {
    self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
  }
}
