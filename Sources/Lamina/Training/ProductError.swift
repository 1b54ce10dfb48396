/// The error of products on a device, measured against sums in double precision.
public struct ProductError: Sendable {
  /// The precision that the device was opened with.
  public let precision: Precision
  /// The largest error, as a share of the norms of the row and the column that a result is made of.
  public let largest: Double

  /// The error as a sentence without its end, such as `precision tf32x3: products differ from exact
  /// ones by at most 8e-08 of the operands' norm`.
  public var sentence: String {
    "precision \(precision): products differ from exact ones by at most \(text) of the "
      + "operands' norm"
  }

  /// The largest error with two digits, rounded up.
  public var text: String { Self.text(largest) }

  /// A number with two digits, rounded up.
  static func text(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return "\(number)" }
    var unit = 1.0
    while number / unit < 10 { unit /= 10 }
    return "\(Float((number / unit).rounded(.up) * unit))"
  }

  /// Computes each product once, on random numbers from -1 to 1, and compares some of its results: the
  /// same ones for a seed, whatever the device. That takes the device about as long as the work that
  /// the products are of.
  ///
  /// In fp32, a device that compiles kernels computes the largest product alone. Nothing is rounded
  /// there, and each kernel would delay the work by some 50 ms, or by a second if it is new.
  ///
  /// - Parameters:
  ///   - products: The sizes of the products.
  ///   - seed: The seed of the random numbers.
  ///   - backend: The device.
  /// - Throws: ``BackendError/imprecise(precision:product:device:error:bound:)`` where the error is more
  ///   than the precision explains.
  public init<B: Backend>(
    of products: [ProductSize], seed: UInt64 = 1, on backend: B
  ) throws(BackendError) {
    precision = backend.precision
    var largest = 0.0
    let isOne = backend.precision == .fp32 && backend.report.compilesKernels
    for product in isOne ? products.largest : products {
      let error = try ProductSample(product, seed: seed).error(on: backend)
      guard error <= precision.errorBound else {
        throw .imprecise(
          precision: precision.rawValue, product: product.text, device: backend.device.name,
          error: error, bound: precision.errorBound)
      }
      largest = max(largest, error)
    }
    self.largest = largest
  }
}

extension [ProductSize] {
  /// The product with the most work.
  fileprivate var largest: [ProductSize] { self.max { $0.work < $1.work }.map { [$0] } ?? [] }
}

/// A product of random numbers, of which some results are known.
private struct ProductSample {
  private let product: ProductSize
  /// The factors as they lie in memory.
  private let left, right: [Float]

  /// The random numbers that are drawn; larger factors repeat them. It is a prime number, so that rows
  /// do not.
  private static let drawn = 65_521
  /// The results that are compared.
  private static let compared = 64

  init(_ product: ProductSize, seed: UInt64) {
    self.product = product
    let (rows, columns, depth) = (product.rows, product.columns, product.depth)
    let count = min(Self.drawn, (rows + columns) * depth)
    let numbers = RandomStream.productErrors.generator(seed).uniform(count, within: 1)
    left = Self.repeating(numbers, to: rows * depth)
    let half = numbers[(count / 2)...] + numbers[..<(count / 2)]
    right = Self.repeating(Array(half), to: columns * depth)
  }

  private static func repeating(_ numbers: [Float], to count: Int) -> [Float] {
    var all: [Float] = []
    all.reserveCapacity(count)
    while all.count < count { all += numbers.prefix(count - all.count) }
    return all
  }

  /// The largest error of the compared results.
  func error<B: Backend>(on backend: B) throws(BackendError) -> Double {
    let (rows, columns, depth) = (product.rows, product.columns, product.depth)
    let a =
      product.transposesA
      ? try backend.makeMatrix(left, rows: depth, columns: rows).transposed
      : try backend.makeMatrix(left, rows: rows, columns: depth)
    let b =
      product.transposesB
      ? try backend.makeMatrix(right, rows: columns, columns: depth).transposed
      : try backend.makeMatrix(right, rows: depth, columns: columns)
    let c = try backend.makeMatrix(rows: rows, columns: columns)
    try backend.perform(.matmul(a, b, into: c))
    let results = try backend.values(of: c)
    return (0..<Self.compared).reduce(0) { largest, sample in
      // The first and the last result, and others in between.
      let place = (results.count - 1) * sample / (Self.compared - 1)
      return max(largest, error(of: results[place], at: place))
    }
  }

  private func error(of result: Float, at place: Int) -> Double {
    let (row, column) = (place / product.columns, place % product.columns)
    let (a, b) = (
      product.transposesA ? (row, product.rows) : (row * product.depth, 1),
      product.transposesB ? (column * product.depth, 1) : (column, product.columns)
    )
    var (exact, ofRow, ofColumn) = (0.0, 0.0, 0.0)
    for term in 0..<product.depth {
      let (x, y) = (Double(left[a.0 + term * a.1]), Double(right[b.0 + term * b.1]))
      exact += x * y
      ofRow += x * x
      ofColumn += y * y
    }
    let norms = (ofRow * ofColumn).squareRoot()
    // A result that is no number is wrong by any measure.
    let error = norms == 0 ? 0 : abs(Double(result) - exact) / norms
    return error.isNaN ? .infinity : error
  }
}
