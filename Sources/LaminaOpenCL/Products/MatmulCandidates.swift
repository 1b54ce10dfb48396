import Lamina

extension MatmulMethod {
  /// Every method that may be the fastest for a product, the likely ones first; not each of them
  /// supports it. Plans choose among these, and `lamina tune` measures them.
  ///
  /// - Parameter precision: The least precision of the factors.
  static func candidates(
    for product: ProductShape, on shape: WorkShape, in precision: Precision = .fp32
  ) -> [MatmulMethod] {
    var methods: [MatmulMethod] = []
    if shape.width == 4 { methods += tensorCandidates(for: product, in: precision) }
    if shape.width == 16 {
      methods += (product.transposesB ? dots(product) : tiles(product)) + packed
    }
    if shape.width == 4 { methods += gpuCandidates(for: product) }
    methods.append(.clblast)
    methods += CLBlastVariant.candidates(on: shape).map(MatmulMethod.tunedCLBlast)
    return methods
  }

  /// Tiles whose sums fit the registers of some processor.
  private static let tileSizes = [
    (6, 4), (4, 4), (8, 3), (8, 2), (12, 2), (6, 2), (4, 2), (8, 1), (16, 1), (4, 1),
  ]

  /// One tile a work-item, or several where there are enough rows.
  private static func tiles(_ product: ProductShape) -> [MatmulMethod] {
    var methods: [MatmulMethod] = []
    for tiles in [1, 4, 16] {
      for (rows, vectors) in tileSizes where tiles == 1 || tiles * rows <= product.rows / 4 {
        methods.append(.vector(rows: rows, vectors: vectors, tiles: tiles))
      }
    }
    return methods
  }

  private static let packed: [MatmulMethod] = [(8, 64), (16, 256), (16, 128), (32, 256)].map {
    .packed(rows: 6, vectors: 4, tiles: $0, block: $1)
  }

  private static func dots(_ product: ProductShape) -> [MatmulMethod] {
    let blocks = product.columns.divided(by: 16)
    return [1, 2, 3, 4, 6, 8, 16].filter { $0 == 1 || $0 <= blocks }.map { .dot(steps: $0) }
  }

  /// The name in plans and reports.
  var name: String {
    switch self {
    case .clblast: "clblast"
    case .tunedCLBlast(let variant): "clblast \(variant.rawValue)"
    case .vector(let rows, let vectors, let tiles): "vector \(rows)x\(vectors) \(tiles)"
    case .packed(let rows, let vectors, let tiles, let block):
      "packed \(rows)x\(vectors) \(tiles) \(block)"
    case .dot(let steps): "dot \(steps)"
    case .tiled(let tile, let parts):
      parts == 1 ? "tiled \(tile.name)" : "tiled \(tile.name) in \(parts)"
    case .lanes(let rows, let vectors, let lanes): "lanes \(rows)x\(vectors) \(lanes)"
    case .tensor(let size, let precision, let parts):
      "tensor \(size) \(precision.rawValue)" + (parts == 1 ? "" : " in \(parts)")
    }
  }

  /// The terms that it sums in one go, or in several places at once.
  var blockOfTerms: Int {
    switch self {
    case .clblast, .tunedCLBlast, .vector, .dot: 0
    case .packed(_, _, _, let block): block
    case .tiled(let tile, let parts): parts * tile.slice
    case .lanes(_, _, let lanes): 4 * lanes
    case .tensor(let size, let precision, let parts):
      parts * (TensorTile(size: size, precision)?.slice ?? 0)
    }
  }

  /// Rows and columns of the result that a group computes; CLBlast's are less than a trial has anyway.
  var groupShape: (rows: Int, columns: Int) {
    switch self {
    case .clblast, .tunedCLBlast: (1, 1)
    case .vector(let rows, let vectors, let tiles), .packed(let rows, let vectors, let tiles, _):
      (rows * tiles, 16 * vectors)
    case .dot(let steps): (4, 16 * steps)
    case .tiled(let tile, _): (tile.rows, tile.columns)
    case .tensor(let size, let precision, _):
      TensorTile(size: size, precision).map { ($0.rows, $0.columns) } ?? (1, 1)
    case .lanes(let rows, let vectors, _): (rows, 4 * vectors)
    }
  }

  /// Reads a ``name``.
  init?(name: String) {
    let words = name.split { $0 == " " || $0 == "x" }
    let numbers = words.dropFirst().compactMap { Int($0) }
    // The name of a precision may have an x.
    let parts = name.split(separator: " ")
    switch (words.first, numbers.count) {
    case ("clblast", 0) where words.count == 1: self = .clblast
    case ("clblast", _):
      guard let variant = CLBlastVariant(rawValue: String(name.dropFirst("clblast ".count))) else {
        return nil
      }
      self = .tunedCLBlast(variant)
    case ("vector", 3): self = .vector(rows: numbers[0], vectors: numbers[1], tiles: numbers[2])
    case ("packed", 4):
      self = .packed(
        rows: numbers[0], vectors: numbers[1], tiles: numbers[2], block: numbers[3])
    case ("dot", 1): self = .dot(steps: numbers[0])
    case ("tiled", 3), ("tiled", 4):
      let name = numbers[..<3].map(String.init).joined(separator: "x")
      guard let tile = Tile.named(name) else { return nil }
      self = .tiled(tile, parts: numbers.count == 3 ? 1 : numbers[3])
    case ("lanes", 3): self = .lanes(rows: numbers[0], vectors: numbers[1], lanes: numbers[2])
    case ("tensor", _):
      guard parts.count > 2, let size = Int(parts[1]),
        let precision = Precision(rawValue: "\(parts[2])")
      else { return nil }
      self = .tensor(size: size, precision: precision, parts: parts.last.flatMap { Int($0) } ?? 1)
    default: return nil
    }
    guard self.name == name else { return nil }
  }

  /// True if a driver's compiler may take minutes for it.
  var mayCompileSlowly: Bool {
    if case .tunedCLBlast = self { true } else { false }
  }
}
