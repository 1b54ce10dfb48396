import Lamina

extension DataSchema {
  /// A column of a table that becomes one or more inputs.
  public struct Column: Sendable, Hashable {
    /// The name in the header, or the number of the column without a header.
    public var name: String
    /// What its fields contain.
    public var content: ColumnContent
    /// What takes the place of a missing value; nil refuses rows without one.
    public var filling: Filling?

    /// The treatment of missing values.
    public struct Filling: Sendable, Hashable, Codable {
      /// The value: the number, 1 or 0, the index of the category or the seconds since the start of
      /// 1970.
      public var value: Double
      /// Whether another input is 1 where the value is missing and 0 elsewhere.
      public var isFlagged: Bool
    }

    /// Creates a column of numbers, or one that has only these values.
    public init(name: String, values: [String]? = nil) {
      self.name = name
      content = values.map { .categories(.init($0, isOpen: false)) } ?? .numbers
    }

    /// Creates a column.
    public init(name: String, content: ColumnContent, filling: Filling? = nil) {
      self.name = name
      self.content = content
      self.filling = filling
    }

    /// The categories and the width of their embedding; nil for columns without one.
    public var embedding: (categories: Int, width: Int)? {
      guard case .categories(let categories) = content, let width = categories.embeddingWidth else {
        return nil
      }
      return (categories.values.count, width)
    }

    /// The names of its inputs without the index for an embedding: `colour=red` for a category.
    var ordinaryInputNames: [String] {
      let names: [String] =
        switch content {
        case .numbers, .truths: [name]
        case .categories(let categories):
          categories.embeddingWidth == nil ? categories.values.map { "\(name)=\($0)" } : []
        case .dates(let dates): dates.inputNames(name)
        }
      return names + (filling?.isFlagged == true ? ["\(name) is missing"] : [])
    }

    /// How many of its last ordinary inputs scaling leaves as they are, since they are 0 or 1, or
    /// sines and cosines.
    var unscaledCount: Int {
      let flags = filling?.isFlagged == true ? 1 : 0
      switch content {
      case .numbers: return flags
      case .truths, .categories: return ordinaryInputNames.count
      case .dates(let dates): return dates.unscaledCount + flags
      }
    }
  }

  /// The names of all inputs in the order of the network: those of each column, then the indices of
  /// the embedded columns.
  public var inputNames: [String] { columns.inputNames }

  /// The inputs of each column, as their places in the order of the network.
  public var inputPlaces: [[Int]] { columns.inputPlaces }
}

extension [DataSchema.Column] {
  /// The names of all inputs (``DataSchema/inputNames``).
  var inputNames: [String] {
    flatMap(\.ordinaryInputNames) + filter { $0.embedding != nil }.map(\.name)
  }

  /// The inputs of each column: a range of the ordinary inputs, and the index of an embedded one.
  var inputPlaces: [[Int]] {
    var places: [[Int]] = []
    for column in self {
      let start = places.reduce(0) { $0 + $1.count }
      places.append([Int](start..<start + column.ordinaryInputNames.count))
    }
    var next = places.reduce(0) { $0 + $1.count }
    for index in indices where self[index].embedding != nil {
      places[index].append(next)
      next += 1
    }
    return places
  }

  /// What the network embeds: the last inputs.
  var embeddedColumns: [EmbeddedColumn] {
    compactMap { column in
      column.embedding.map { EmbeddedColumn(categories: $0.categories, width: $0.width) }
    }
  }

  /// The inputs that scaling leaves as they are.
  var unscaledInputs: Set<Int> {
    var unscaled: Set<Int> = []
    for (column, places) in zip(self, inputPlaces) {
      unscaled.formUnion(places.suffix(column.unscaledCount + (column.embedding == nil ? 0 : 1)))
    }
    return unscaled
  }
}

extension DataSchema.Column: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, kind, values, dates, missing
    case isOpen = "open"
    case embeddingWidth = "embedding"
  }

  /// Reads the form of ``encode(to:)``, and that of earlier files, which have values or numbers.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    name = try keys.decode(String.self, forKey: .name)
    filling = try keys.decodeIfPresent(Filling.self, forKey: .missing)
    let values = try keys.decodeIfPresent([String].self, forKey: .values)
    switch try keys.decodeIfPresent(String.self, forKey: .kind) ?? "" {
    case "boolean": content = .truths
    case "date": content = .dates(try keys.decode(DateFeatures.self, forKey: .dates))
    case "", "number", "category":
      content =
        try values.map { values in
          .categories(
            .init(
              values, isOpen: try keys.decodeIfPresent(Bool.self, forKey: .isOpen) ?? false,
              embeddingWidth: try keys.decodeIfPresent(Int.self, forKey: .embeddingWidth)))
        } ?? .numbers
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: keys,
        debugDescription: "\(other) is no kind of column; number, boolean, category and date are")
    }
    try check(keys)
  }

  /// Throws if numbers in the file would lead beyond lists.
  private func check(_ keys: KeyedDecodingContainer<CodingKeys>) throws {
    if case .categories(let categories) = content {
      guard !categories.values.isEmpty, (categories.embeddingWidth ?? 1) > 0 else {
        throw DecodingError.dataCorruptedError(
          forKey: .values, in: keys,
          debugDescription: "the categories of \(name) need a value and a positive width")
      }
      if let value = filling?.value,
        !categories.values.indices.contains(where: { Double($0) == value })
      {
        throw DecodingError.dataCorruptedError(
          forKey: .missing, in: keys,
          debugDescription: "\(value) is no index of a category of \(name)")
      }
    }
    if let value = filling?.value, !value.isFinite || value.magnitude > 3.4e38 {
      throw DecodingError.dataCorruptedError(
        forKey: .missing, in: keys, debugDescription: "\(value) is no 32-bit number")
    }
  }

  /// Writes the name and the kind, and what only some kinds have.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(name, forKey: .name)
    try keys.encode(content.name, forKey: .kind)
    try keys.encodeIfPresent(filling, forKey: .missing)
    switch content {
    case .numbers, .truths: break
    case .dates(let dates): try keys.encode(dates, forKey: .dates)
    case .categories(let categories):
      try keys.encode(categories.values, forKey: .values)
      if categories.isOpen { try keys.encode(true, forKey: .isOpen) }
      try keys.encodeIfPresent(categories.embeddingWidth, forKey: .embeddingWidth)
    }
  }
}
