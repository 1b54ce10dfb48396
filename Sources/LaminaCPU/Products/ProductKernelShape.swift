/// Everything that the code of a product's kernel depends on: the sizes of `c = a · b` or `c += a ·
/// b`, and the strides of the rows.
struct ProductKernelShape: Equatable {
  var rows, columns, depth: Int32
  /// Elements from one row in memory to the next, of `a`, `b` and `c`.
  var leftStride, rightStride, stride: Int32
  /// True if the memory holds the transpose of `a`.
  var isLeftTransposed: Bool
  /// True if the product is added to the old `c`.
  var adds: Bool
  /// True if the factors are pairs of bf16, as ``BF16Factor`` packs them.
  var isBF16 = false

  /// The shape of a part of a product: `rows` × `columns` sums of `depth` terms.
  @inline(__always)
  init(rows: Int, columns: Int, depth: Int, _ a: Rows, _ b: Rows, adds: Bool, into c: Rows) {
    self.rows = Int32(clamping: rows)
    self.columns = Int32(clamping: columns)
    self.depth = Int32(clamping: depth)
    leftStride = Int32(clamping: a.stride)
    rightStride = Int32(clamping: b.stride)
    stride = Int32(clamping: c.stride)
    isLeftTransposed = a.isTransposed
    self.adds = adds
  }

  /// The shape of a product of packed factors, whose rows and pairs of terms lie apart by so many numbers.
  @inline(__always)
  init(
    rows: Int, columns: Int, depth: Int, leftStride: Int, rightStride: Int, stride: Int, adds: Bool
  ) {
    self.rows = Int32(clamping: rows)
    self.columns = Int32(clamping: columns)
    self.depth = Int32(clamping: depth)
    self.leftStride = Int32(clamping: leftStride)
    self.rightStride = Int32(clamping: rightStride)
    self.stride = Int32(clamping: stride)
    isLeftTransposed = false
    self.adds = adds
    isBF16 = true
  }

  /// True if each row in memory ends before the next one begins.
  var hasDisjointRows: Bool {
    leftStride >= (isLeftTransposed ? rows : depth) && min(rightStride, stride) >= columns
  }

  /// Bytes from the begin of an operand to its end, of the longest one.
  var reach: Int {
    let leftRows = isLeftTransposed ? depth : rows
    return 4
      * max(Int(leftStride) * Int(leftRows), Int(rightStride) * Int(depth), Int(stride) * Int(rows))
  }

  /// A number that seldom is the same for two shapes. (`Hasher` takes longer than a small product.)
  @inline(__always)
  var hash: Int {
    var hash: UInt64 = (isLeftTransposed ? 1 : 0) | (adds ? 2 : 0) | (isBF16 ? 4 : 0)
    func mix(_ number: Int32) {
      hash = (hash ^ UInt64(truncatingIfNeeded: number)) &* 0x9E37_79B9_7F4A_7C15
    }
    mix(rows)
    mix(columns)
    mix(depth)
    mix(leftStride)
    mix(rightStride)
    mix(stride)
    return Int(truncatingIfNeeded: hash >> 32)
  }
}
