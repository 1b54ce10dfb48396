/// The layout of matrices in device memory.
public enum MatrixLayout {
  /// Rows start at multiples of this many floats: one 512-bit vector, a cache line.
  public static let rowAlignment = 16

  /// The distance between the rows of a matrix of `columns` columns, in floats.
  ///
  /// It is never a multiple of 256. Addresses that differ by a power of two compete for the same
  /// few places of a cache, so a product that reads down such columns would always miss.
  public static func stride(columns: Int) -> Int {
    let aligned = (columns + rowAlignment - 1) / rowAlignment * rowAlignment
    return aligned > 0 && aligned % 256 == 0 ? aligned + rowAlignment : aligned
  }
}
