import Lamina

extension OpenCLBackend {
  /// Compares small products with the host's: some drivers miscompile CLBlast's kernels.
  ///
  /// The numbers are small and whole, so that the right results are exact.
  func checkProducts() throws(BackendError) {
    try products.measuringBuild { () throws(BackendError) in
      try checkProducts(rows: 33, columns: 17, inner: 29)
      // Under PoCL, large enough for CLBlast's other kernel.
      try checkProducts(rows: 65, columns: 67, inner: 71)
    }
  }

  private func checkProducts(rows: Int, columns: Int, inner: Int) throws(BackendError) {
    let a = Self.wholeNumbers(rows * inner, seed: 1)
    let b = Self.wholeNumbers(inner * columns, seed: 2)
    let old = Self.wholeNumbers(rows * columns, seed: 3)
    let expected = Self.product(a, b, adding: old, rows: rows, columns: columns)
    let left = try makeMatrix(a, rows: rows, columns: inner)
    let leftTransposed = try makeMatrix(
      Self.transpose(a, rows: rows, columns: inner), rows: inner, columns: rows)
    let right = try makeMatrix(b, rows: inner, columns: columns)
    let rightTransposed = try makeMatrix(
      Self.transpose(b, rows: inner, columns: columns), rows: columns, columns: inner)
    let result = try makeMatrix(rows: rows, columns: columns)

    func check(
      _ a: Matrix<OpenCLBackend>, _ b: Matrix<OpenCLBackend>, _ name: String
    ) throws(BackendError) {
      try write(old, to: result)
      try enqueueMatmul(a, b, alpha: 2, beta: 3, into: result)
      let actual = try values(of: result)
      guard let wrong = actual.indices.first(where: { actual[$0] != expected[$0] }) else { return }
      throw .wrongResult(
        operation: "a product (\(name))", device: device.name, expected: expected[wrong],
        actual: actual[wrong])
    }
    try check(left, right, "a · b")
    try check(left, rightTransposed.transposed, "a · bᵀ")
    try check(leftTransposed.transposed, right, "aᵀ · b")
  }

  private static func wholeNumbers(_ count: Int, seed: Int) -> [Float] {
    (0..<count).map { Float(($0 * 7 + $0 / 11 + seed * 5) % 13 - 6) }
  }

  private static func transpose(_ values: [Float], rows: Int, columns: Int) -> [Float] {
    (0..<values.count).map { values[$0 % rows * columns + $0 / rows] }
  }

  /// `2 · a · b + 3 · old`.
  private static func product(
    _ a: [Float], _ b: [Float], adding old: [Float], rows: Int, columns: Int
  ) -> [Float] {
    let inner = a.count / rows
    return (0..<rows * columns).map { position in
      let (row, column) = position.quotientAndRemainder(dividingBy: columns)
      let sum = (0..<inner).reduce(Float(0)) { $0 + a[row * inner + $1] * b[$1 * columns + column] }
      return 2 * sum + 3 * old[position]
    }
  }
}
