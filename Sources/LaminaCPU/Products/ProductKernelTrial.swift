/// A test of kernels before their first use.
enum ProductKernelTrial {
  /// There are more columns than any vector has numbers, and not a multiple. The other sizes are
  /// small.
  private static let (rows, columns, depth) = (3, 21, 5)

  /// Computes small products of whole numbers, whose sums are exact in any order. Returns false if
  /// one is wrong or has no kernel.
  static func passes(_ kernels: ProductKernels) -> Bool {
    var left = (0..<rows * depth).map { Float($0 % 7 - 3) }
    var right = (0..<depth * columns).map { Float($0 % 5 - 2) }
    return left.withUnsafeMutableBufferPointer { left in
      right.withUnsafeMutableBufferPointer { right in
        guard let a = left.baseAddress, let b = right.baseAddress else { return false }
        let factor = Rows(start: b, rows: depth, columns: columns, stride: columns)
        return [false, true].allSatisfy { isTransposed in
          let other = Rows(
            start: a, rows: rows, columns: depth, stride: isTransposed ? rows : depth,
            isTransposed: isTransposed)
          return [false, true].allSatisfy { passes(other, factor, adds: $0, kernels) }
        }
      }
    }
  }

  private static func passes(_ a: Rows, _ b: Rows, adds: Bool, _ kernels: ProductKernels) -> Bool {
    var product = [Float](repeating: 4, count: rows * columns)
    return product.withUnsafeMutableBufferPointer { product in
      guard let start = product.baseAddress else { return false }
      let c = Rows(start: start, rows: rows, columns: columns, stride: columns)
      let shape = ProductKernelShape(
        rows: rows, columns: columns, depth: depth, a, b, adds: adds, into: c)
      guard let kernel = kernels.kernel(for: shape) else { return false }
      kernel.run(a.start, b.start, into: start)
      return (0..<rows).allSatisfy { row in
        (0..<columns).allSatisfy { column in
          let sum = (0..<depth).reduce(adds ? Float(4) : 0) {
            $0 + a.at(row, $1).pointee * b.at($1, column).pointee
          }
          return c.at(row, column).pointee == sum
        }
      }
    }
  }
}
