import Lamina

extension MatmulTuner {
  /// A product with its estimated share of a training's time.
  public struct Share: Sendable {
    /// The product.
    public let product: ProductShape
    /// Of all products together: 1.
    public let share: Double
  }

  /// Evaluations take so many examples for each one that is trained with.
  private static let evaluatedExamples = 0.2

  /// The products of a training in the order in which their measurement gains most: those with the
  /// largest share of its time first.
  ///
  /// - Parameters:
  ///   - products: The products.
  ///   - batchSize: The examples of a step: forward products of other rows are an evaluation's.
  public func shares(of products: [ProductShape], batchSize: Int) -> [Share] {
    let seconds = products.map { product in
      let isEvaluation = product.epilogue == .activation && product.rows != batchSize
      let runs =
        isEvaluation ? Self.evaluatedExamples * Double(batchSize) / Double(product.rows) : 1
      return runs * estimatedSeconds(of: product)
    }
    let all = seconds.reduce(0, +)
    return zip(products, seconds).map { Share(product: $0, share: $1 / all) }
      .enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }
      .map(\.element)
  }

  /// The part of the time that is left for the first of these products: its share of theirs, and at least
  /// half of an equal one, so that each gets some.
  public static func part(ofTimeFor products: ArraySlice<Share>) -> Double {
    let all = products.reduce(0) { $0 + $1.share }
    guard let first = products.first, all > 0 else { return 1 }
    return max(first.share / all, 0.5 / Double(products.count))
  }

  /// On processors products take as long as their multiplications, near enough for an order.
  private func estimatedSeconds(of product: ProductShape) -> Double {
    guard backend.shape.width == 4 else { return product.operations }
    return backend.planner.rankedGPUMethods(for: product).first?.time.seconds ?? 0
  }

  /// The methods for a product in the order in which they are tried: on GPUs by their estimated time,
  /// without those that are estimated to take more than three times as long as the best.
  func ranked(_ methods: [MatmulMethod], for product: ProductShape) -> [MatmulMethod] {
    guard backend.shape.width == 4 else { return methods }
    let known = backend.planner.rankedGPUMethods(for: product)
      .filter { methods.contains($0.method) }
    let limit = 3 * (known.first?.time.seconds ?? 0)
    let estimated = Set(known.map(\.method))
    return known.filter { $0.time.seconds <= limit }.map(\.method)
      + methods.filter { !estimated.contains($0) }
  }
}
