import Lamina

/// The values of a kernel function, computed from products.
struct ApplyKernelFunction: CheckedUse {
  let function: KernelFunction
  let rows, columns, stride: Int
  let products: [Float]
  /// The value of all squares.
  let square: Float

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let squares = try [rows, columns].enumerated().map { number, count in
      try backend.guarded((0..<count).map { square + Float(($0 + number) % 3) })
    }
    let matrix = try Guarded(
      backend, rows: rows, columns: columns, stride: stride, values: products)
    try backend.perform(
      .kernelFunction(
        function, rowSquares: squares[0].vector, columnSquares: squares[1].vector,
        on: matrix.matrix))
    return [try matrix.values()] + (try squares.map { try $0.values() })
  }
}
