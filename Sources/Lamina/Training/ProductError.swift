/// The error of a network's products on a device, measured against sums in double precision.
public struct ProductError: Sendable {
  /// The precision that the device was opened with.
  public let precision: Precision
  /// The largest error, as a share of the norms of the row and the column that a result is made of.
  public let largest: Double

  /// The error as a sentence without its end, such as `precision tf32x3: products of this network differ
  /// from exact ones by at most 8e-08 of the operands' norm`.
  public var sentence: String {
    "precision \(precision): products of this network differ from exact ones by at most "
      + "\(Self.text(largest)) of the operands' norm"
  }

  /// A number with two digits, rounded up.
  static func text(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "\(number)" }
    var unit = 1.0
    while number / unit < 10 { unit /= 10 }
    return "\(Float((number / unit).rounded(.up) * unit))"
  }

  /// Computes the products of a step of training once, on random numbers from -1 to 1, and compares some
  /// results of each: the same ones for a seed, whatever the device. Nil in fp32, which needs no measurement.
  ///
  /// - Throws: ``BackendError/imprecise(precision:product:device:error:bound:)`` where the error is more
  ///   than the precision explains.
  public init?<B: Backend>(
    of network: NetworkDescription, batchSize: Int, seed: UInt64, on backend: B
  ) throws(BackendError) {
    precision = backend.precision
    if precision == .fp32 { return nil }
    var largest = 0.0
    for shape in ProductCheck.products(of: network, batchSize: batchSize) {
      let error = try shape.error(on: backend, seed: seed)
      guard error <= precision.errorBound else {
        throw .imprecise(
          precision: precision.rawValue, product: shape.text, device: backend.device.name,
          error: error, bound: precision.errorBound)
      }
      largest = max(largest, error)
    }
    self.largest = largest
  }
}

/// A product of a network, to be computed once.
private struct ProductCheck: Equatable {
  let rows, columns, depth: Int
  let transposesA, transposesB: Bool

  var text: String { "\(rows)x\(columns)x\(depth)" }

  /// Forward, to the delta of the input, and to the gradient of the weights.
  static func products(of network: NetworkDescription, batchSize: Int) -> [ProductCheck] {
    var products: [ProductCheck] = []
    for (inputs, outputs) in network.denseShapes {
      let ofLayer = [
        ProductCheck(
          rows: batchSize, columns: outputs, depth: inputs, transposesA: false,
          transposesB: false),
        ProductCheck(
          rows: batchSize, columns: inputs, depth: outputs, transposesA: false,
          transposesB: true),
        ProductCheck(
          rows: inputs, columns: outputs, depth: batchSize, transposesA: true,
          transposesB: false),
      ]
      products += ofLayer.filter { !products.contains($0) }
    }
    return products
  }

  func error<B: Backend>(on backend: B, seed: UInt64) throws(BackendError) -> Double {
    // Each line is a row of `a` or a column of `b`.
    let lines = RandomStream.productErrors.generator(seed)
      .uniform((rows + columns) * depth, within: 1)
    let (left, right) = (Array(lines[..<(rows * depth)]), Array(lines[(rows * depth)...]))
    let a = try matrix(left, rows, isTransposed: transposesA, on: backend)
    let b = try matrix(right, columns, isTransposed: !transposesB, on: backend).transposed
    let c = try backend.makeMatrix(rows: rows, columns: columns)
    try backend.perform(.matmul(a, b, into: c))
    let results = try backend.values(of: c)
    let samples = 256
    return (0..<samples).reduce(0) { largest, sample in
      // The first and the last result, and others in between.
      let place = (results.count - 1) * sample / (samples - 1)
      let (row, column) = (place / columns, place % columns)
      let exact = Self.dot(left, row, right, column, depth)
      let norms =
        (Self.dot(left, row, left, row, depth) * Self.dot(right, column, right, column, depth))
        .squareRoot()
      // A result that is no number is wrong by any measure.
      let error = norms == 0 ? 0 : abs(Double(results[place]) - exact) / norms
      return error.isNaN ? .infinity : max(largest, error)
    }
  }

  /// A matrix whose rows are given, in memory as its transpose or as it is.
  private func matrix<B: Backend>(
    _ lines: [Float], _ count: Int, isTransposed: Bool, on backend: B
  ) throws(BackendError) -> Matrix<B> {
    guard isTransposed else { return try backend.makeMatrix(lines, rows: count, columns: depth) }
    let turned = (0..<lines.count).map { lines[$0 % count * depth + $0 / count] }
    return try backend.makeMatrix(turned, rows: depth, columns: count).transposed
  }

  private static func dot(
    _ a: [Float], _ i: Int, _ b: [Float], _ j: Int, _ count: Int
  ) -> Double {
    (0..<count).reduce(0) { $0 + Double(a[i * count + $1]) * Double(b[j * count + $1]) }
  }
}
