public import Lamina

/// The shape of a product, which decides the fastest method: the key of plans.
public struct ProductShape: Hashable, Sendable, Codable {
  /// The work after the sums; see `Kernels/products/epilogues.clh`.
  public enum Epilogue: String, Sendable, Codable, CaseIterable {
    /// Nothing but a scaling.
    case plain
    /// Bias and activation: the forward pass.
    case activation
    /// The derivative of an activation: the delta of a layer's input.
    case derivative
    /// Momentum, weights and bias: the weight gradient.
    case update
  }

  /// Of the result.
  public var rows: Int
  /// Of the result.
  public var columns: Int
  /// The number of terms of each sum.
  public var depth: Int
  /// True if the memory of the left factor holds its transpose.
  public var transposesA: Bool
  /// True if the memory of the right factor holds its transpose.
  public var transposesB: Bool
  /// The work after the sums.
  public var epilogue: Epilogue

  /// The products of a step of training, and of an evaluation with `evaluationRows` examples.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - batchSize: The examples of a step.
  ///   - evaluationRows: The examples of an evaluation.
  ///   - hasOutputKernel: True if one kernel trains the last layer, so that its output and the delta
  ///     of its input are no products.
  public static func products(
    of network: NetworkDescription, batchSize: Int, evaluationRows: Int, hasOutputKernel: Bool
  ) -> [ProductShape] {
    let shapes = network.denseShapes
    func forward(_ rows: Int) -> [ProductShape] {
      shapes.map {
        ProductShape(
          rows: rows, columns: $0.outputs, depth: $0.inputs, transposesA: false,
          transposesB: false, epilogue: .activation)
      }
    }
    var deltas = shapes.dropFirst().reversed().map {
      ProductShape(
        rows: batchSize, columns: $0.inputs, depth: $0.outputs, transposesA: false,
        transposesB: true, epilogue: .derivative)
    }
    let updates = shapes.reversed().map {
      ProductShape(
        rows: $0.inputs, columns: $0.outputs, depth: batchSize, transposesA: true,
        transposesB: false, epilogue: .update)
    }
    var products: [ProductShape] = []
    var outputs = forward(batchSize)
    if hasOutputKernel {
      outputs.removeLast()
      if !deltas.isEmpty { deltas.removeFirst() }
    }
    for product in outputs + deltas + updates + forward(evaluationRows)
    where !products.contains(product) {
      products.append(product)
    }
    return products
  }

  /// The number of multiplications and additions.
  public var operations: Double { 2 * Double(rows) * Double(columns) * Double(depth) }

  /// A product of the same kind that is small enough to be checked in passing, and large enough
  /// for the method to have a whole group, and rests of groups, tiles and blocks.
  func reduced(for method: MatmulMethod) -> ProductShape {
    var small = self
    let group = method.groupShape
    small.rows = min(rows, max(97, group.rows + 3))
    small.columns = min(columns, max(131, group.columns + 3))
    small.depth = min(depth, method.blockOfTerms + 37)
    return small
  }
}

extension ProductShape: LosslessStringConvertible {
  /// Such as `activation 64x128x784` or, with a transposed factor, `update 784x128x64 tn`.
  public var description: String {
    let factors = transposesA || transposesB
    let letters = (transposesA ? "t" : "n") + (transposesB ? "t" : "n")
    return "\(epilogue.rawValue) \(rows)x\(columns)x\(depth)" + (factors ? " \(letters)" : "")
  }

  /// Reads a ``description``.
  public init?(_ description: String) {
    let words = description.split(separator: " ")
    guard words.count == 2 || words.count == 3,
      let epilogue = Epilogue(rawValue: String(words[0]))
    else { return nil }
    let sizes = words[1].split(separator: "x").compactMap { Int($0) }
    let letters = words.count == 3 ? String(words[2]) : "nn"
    guard sizes.count == 3, ["nn", "nt", "tn", "tt"].contains(letters) else { return nil }
    self.init(
      rows: sizes[0], columns: sizes[1], depth: sizes[2], transposesA: letters.first == "t",
      transposesB: letters.last == "t", epilogue: epilogue)
    guard isPossible else { return nil }
  }

  /// True if sizes are positive and their products fit.
  var isPossible: Bool { [rows, columns, depth].allSatisfy { (1...1 << 30).contains($0) } }
}

extension MatrixProduct {
  /// The shape under which a plan knows this product.
  var key: ProductShape {
    ProductShape(
      rows: rows, columns: columns, depth: depth, transposesA: a.isTransposed,
      transposesB: b.isTransposed, epilogue: epilogue.kind)
  }
}

extension MatrixProduct.Epilogue {
  var kind: ProductShape.Epilogue {
    switch self {
    case .plain: .plain
    case .activation: .activation
    case .derivative: .derivative
    case .update: .update
    }
  }

  /// The activation that it takes or differentiates.
  var activation: Activation? {
    switch self {
    case .activation(let activation, _), .derivative(let activation, _): activation
    case .plain, .update: nil
    }
  }
}
