/// A matrix product `c = a · b`, by its sizes: `a` is `rows` × `depth`, and `b` is `depth` × `columns`.
public struct ProductSize: Equatable, Sendable {
  /// The sizes of the result, and the number of terms of each of its sums.
  public let rows, columns, depth: Int
  /// True if memory holds the transpose of a factor.
  public let transposesA, transposesB: Bool

  /// A product of factors that lie in memory as they are, unless told otherwise.
  public init(
    rows: Int, columns: Int, depth: Int, transposesA: Bool = false, transposesB: Bool = false
  ) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
    self.transposesA = transposesA
    self.transposesB = transposesB
  }

  /// The sizes, such as `64x128x784`.
  var text: String { "\(rows)x\(columns)x\(depth)" }
  /// The multiplications.
  var work: Int { rows * columns * depth }
}

extension NetworkDescription {
  /// The products of a forward pass over `rows` examples, each once.
  public func forwardProducts(rows: Int) -> [ProductSize] {
    denseShapes.map { inputs, outputs in
      ProductSize(rows: rows, columns: outputs, depth: inputs)
    }.withoutRepetitions
  }

  /// The products of a training step, each once: forward, to the deltas of all layers but the first, and
  /// to the gradients of the weights.
  public func trainingProducts(batchSize: Int) -> [ProductSize] {
    let backward = denseShapes.enumerated().flatMap { number, layer in
      let gradient = ProductSize(
        rows: layer.inputs, columns: layer.outputs, depth: batchSize, transposesA: true)
      let delta = ProductSize(
        rows: batchSize, columns: layer.inputs, depth: layer.outputs, transposesB: true)
      return number == 0 ? [gradient] : [delta, gradient]
    }
    return (forwardProducts(rows: batchSize) + backward).withoutRepetitions
  }
}

extension [ProductSize] {
  fileprivate var withoutRepetitions: [ProductSize] {
    reduce(into: []) { products, product in
      if !products.contains(product) { products.append(product) }
    }
  }
}
