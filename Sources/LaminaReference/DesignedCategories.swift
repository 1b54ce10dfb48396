import Lamina

/// Numbers of categories for the columns that the operations of a trial embed, in the examples that
/// these gather. Other numbers would name no category, so that no table was tried.
struct DesignedCategories<B: Backend> {
  /// A column of an operand that an embedding takes its categories from.
  private struct Column {
    let buffer: B.Buffer
    let offset: Int
    let stride: Int
    let place: Int
    let categories: Int
    /// The map by which a stored number becomes a category.
    var scale: Float = 1
    var shift: Float = 0
  }

  private var columns: [Column] = []
  /// Numbers of the vectors that scale columns: 1 as a factor, and 0 added.
  private var scalings: [(vector: Vector<B>, place: Int, value: Float)] = []

  init(_ operations: [Operation<B>]) {
    let gathers = operations.compactMap { operation in
      if case .gather(let gather) = operation { gather } else { nil }
    }
    for case .embedding(let embedding) in operations {
      let (input, place) = (embedding.input, embedding.place.category)
      guard let gather = gathers.first(where: { $0.output.isSame(as: input) }) else {
        columns.append(
          Column(
            buffer: input.buffer, offset: input.offset * 4, stride: input.columns, place: place,
            categories: embedding.table.rows))
        continue
      }
      var column = Column(
        buffer: gather.examples.buffer, offset: 0, stride: gather.examples.columns, place: place,
        categories: embedding.table.rows)
      switch gather.scaling {
      case .uniform(let scale, let shift): (column.scale, column.shift) = (scale, shift)
      case .perFeature(let scales, let offsets):
        scalings += [(scales, place, 1), (offsets, place, 0)]
      }
      columns.append(column)
    }
  }

  /// Replaces the numbers of an operand that become categories, some of which name none.
  func put(into values: inout ContentValues, of operand: Access<B>) {
    for column in columns
    where column.buffer === operand.buffer && column.offset == operand.offset {
      for row in 0..<operand.content.rows {
        let category = Float((row * 5 + 3) % (column.categories + 1) - 1)
        values.set((category - column.shift) / column.scale, at: row * column.stride + column.place)
      }
    }
    for (vector, place, value) in scalings
    where vector.buffer === operand.buffer && vector.offset * 4 == operand.offset {
      values.set(value, at: place)
    }
  }
}

extension ContentValues {
  /// Sets a number, or what is next to it where numbers are bytes.
  fileprivate mutating func set(_ value: Float, at place: Int) {
    switch self {
    case .floats(var values):
      values[place] = value
      self = .floats(values)
    case .bytes(var values):
      values[place] = UInt8(min(255, max(0, value)))
      self = .bytes(values)
    case .integers: break
    }
  }
}
