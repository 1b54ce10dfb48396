/// The use of an operand by an operation: the memory that it touches, and how that memory is
/// divided if the work is split.
public struct Access<B: Backend> {
  /// The use of the memory.
  public enum Use: Sendable {
    case read
    /// Every number is set, and no old number is read.
    case write
    /// Old numbers are read, new ones written.
    case update

    /// True if old numbers matter.
    public var reads: Bool { self != .write }
    /// True if numbers change.
    public var writes: Bool { self != .read }
  }

  /// The memory that each part of a split operation touches.
  public enum Division: Sendable, Hashable {
    /// Any part may touch all of it.
    case whole
    /// Each part touches its own rows of `count`, which lie `stride` numbers apart.
    case rows(count: Int, stride: Int)
    /// Each part touches its own columns of `count`, in every row.
    case columns(count: Int)
  }

  /// The content of an operand: a matrix of numbers of one type.
  public struct Content: Sendable, Hashable {
    /// The type of the stored numbers.
    public enum Element: String, Sendable, Codable {
      case byte, float
      /// A whole number of 32 bits.
      case integer

      /// Bytes of a number.
      public var size: Int { self == .byte ? 1 : 4 }
    }

    /// The type of the stored numbers.
    public var element: Element
    /// Rows in memory.
    public var rows: Int
    /// The number of columns without the padding up to `stride`.
    public var columns: Int
    /// The distance of rows in memory, in numbers.
    public var stride: Int
    /// An exclusive upper bound of whole numbers; nil for other elements.
    public var bound: Int?
    /// Whether all numbers are nonnegative, such as sums of squares, variances and weights of
    /// examples.
    public var isNonnegative = false
    /// True if there is one row, or in a single row one number, for each example of a data set.
    public var isPerExample = false
    /// True if there is a row for each example, even if there is only one, which a vector with a
    /// number for each example would look like.
    public var hasRowPerExample = false
    /// True if only the sum of the numbers is defined, and each backend cuts it in its own way.
    public var isPartial = false

    /// Describes an operand.
    public init(
      element: Element, rows: Int, columns: Int, stride: Int, bound: Int? = nil,
      isNonnegative: Bool = false, isPerExample: Bool = false, isPartial: Bool = false
    ) {
      self.element = element
      self.rows = rows
      self.columns = columns
      self.stride = stride
      self.bound = bound
      self.isNonnegative = isNonnegative
      self.isPerExample = isPerExample
      self.isPartial = isPartial
    }
  }

  /// The name of the operand, such as `input`.
  public let label: String
  /// The memory.
  public let buffer: B.Buffer
  /// The start of the operand in the buffer, in bytes.
  public let offset: Int
  /// Its content.
  public let content: Content
  /// Its use.
  public let use: Use
  /// The memory that each part touches.
  public let division: Division

  /// Describes a use of an operand.
  public init(
    label: String, buffer: B.Buffer, offset: Int, content: Content, use: Use, division: Division
  ) {
    self.label = label
    self.buffer = buffer
    self.offset = offset
    self.content = content
    self.use = use
    self.division = division
  }

  /// The bytes of the buffer that the operand takes.
  public var bytes: Range<Int> {
    offset..<offset + content.rows * content.stride * content.element.size
  }

  /// The bytes of its numbers, without padding.
  public var byteCount: Int { content.rows * content.columns * content.element.size }

  /// True if both touch a byte.
  public func overlaps(_ other: Access) -> Bool {
    buffer === other.buffer && bytes.overlaps(other.bytes)
  }

  /// Whether the order of the two accesses matters: they touch a common byte, and one of them
  /// writes.
  public func dependsOn(_ other: Access) -> Bool {
    (use.writes || other.use.writes) && overlaps(other)
  }

  /// True if two different parts may touch the same byte, one of them writing.
  public func conflicts(with other: Access) -> Bool {
    dependsOn(other) && (division == .whole || division != other.division || offset != other.offset)
  }
}

extension Access {
  /// The way to divide an operand.
  public enum Split: Sendable {
    case whole, rows, columns
  }

  /// Of a matrix, by its rows and columns in memory.
  public static func matrix(
    _ label: String, _ matrix: Matrix<B>, _ use: Use, _ split: Split = .whole
  ) -> Access {
    let (rows, columns) =
      matrix.isTransposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
    let division: Division =
      switch split {
      case .whole: .whole
      case .rows: .rows(count: rows, stride: matrix.stride)
      case .columns: .columns(count: columns)
      }
    return Access(
      label: label, buffer: matrix.buffer, offset: matrix.offset * 4,
      content: Content(element: .float, rows: rows, columns: columns, stride: matrix.stride),
      use: use, division: division)
  }

  /// The access to a vector. Divided by rows, each part touches its own groups of sixteen numbers.
  public static func vector(
    _ label: String, _ vector: Vector<B>, _ use: Use, _ split: Split = .whole,
    isNonnegative: Bool = false, isPerExample: Bool = false, isPartial: Bool = false
  ) -> Access {
    Access(
      label: label, buffer: vector.buffer, offset: vector.offset * 4,
      content: Content(
        element: .float, rows: 1, columns: vector.count, stride: vector.count,
        isNonnegative: isNonnegative, isPerExample: isPerExample, isPartial: isPartial), use: use,
      division: split == .whole ? .whole : .rows(count: vector.vectors, stride: 16))
  }

  /// Of a vector with one number for each row of a batch.
  public static func slots(
    _ label: String, _ vector: Vector<B>, rows: Int, _ use: Use, isNonnegative: Bool = false
  ) -> Access {
    Access(
      label: label, buffer: vector.buffer, offset: vector.offset * 4,
      content: Content(
        element: .float, rows: 1, columns: vector.count, stride: vector.count,
        isNonnegative: isNonnegative), use: use, division: .rows(count: rows, stride: 1))
  }

  /// Of whole numbers, all below `bound`.
  public static func indices(_ label: String, _ indices: Indices<B>, below bound: Int) -> Access {
    Access(
      label: label, buffer: indices.buffer, offset: 0,
      content: Content(
        element: .integer, rows: 1, columns: indices.count, stride: indices.count, bound: bound,
        isPerExample: true), use: .read, division: .whole)
  }

  /// Of examples.
  public static func examples(_ label: String, _ examples: Examples<B>) -> Access {
    var content = Content(
      element: examples.element == .byte ? .byte : .float, rows: examples.rows,
      columns: examples.columns, stride: examples.columns, isPerExample: true)
    content.hasRowPerExample = true
    return Access(
      label: label, buffer: examples.buffer, offset: 0, content: content, use: .read,
      division: .whole)
  }
}

extension Vector {
  /// The number of groups of sixteen numbers, the last of which can be shorter. Vectors are split
  /// between such groups.
  public var vectors: Int { (count + 15) / 16 }
}

extension Matrix {
  /// The number of groups of sixteen numbers in a row, the last of which can be shorter. Columns
  /// are split between such groups.
  public var vectors: Int { (columns + 15) / 16 }
}

extension Access {
  /// The same where any part may touch all of the memory.
  public var undivided: Access {
    Access(
      label: label, buffer: buffer, offset: offset, content: content, use: use, division: .whole)
  }
}
