/// The layout of matrices in device memory.
public enum MatrixLayout {
  /// Rows start at multiples of this many floats: one 512-bit vector, a cache line.
  public static let rowAlignment = 16

  /// The distance between the rows of a matrix of `columns` columns, in floats.
  ///
  /// Never a multiple of 256: a cache keeps lines whose addresses differ by a power of two in the
  /// same few places, and a product that goes down such columns would find each line gone again.
  public static func stride(columns: Int) -> Int {
    let aligned = (columns + rowAlignment - 1) / rowAlignment * rowAlignment
    return aligned > 0 && aligned % 256 == 0 ? aligned + rowAlignment : aligned
  }
}
