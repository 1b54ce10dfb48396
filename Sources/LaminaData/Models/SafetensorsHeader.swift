/// The checked header of a safetensors file.
struct SafetensorsHeader {
  /// A tensor of the header; its data follow those of the previous entry.
  struct Entry {
    let name: String
    let shape: [Int]
    let element: SafetensorsElement
    /// The range of the data in bytes, relative to the end of the header.
    let bytes: Range<Int>
  }

  let metadata: [String: String]
  /// The tensors in the order of their data, without gaps or overlaps.
  let entries: [Entry]

  /// The total size of all tensors in bytes.
  var byteCount: Int { entries.last?.bytes.upperBound ?? 0 }

  /// Parses and checks `text`.
  init(_ text: [UInt8]) throws(SafetensorsProblem) {
    let members = try Self.members(of: text)
    let tensors = members.filter { $0.name != SafetensorsLimits.metadataName }
    guard tensors.count <= SafetensorsLimits.tensors else {
      throw .tooManyTensors(count: tensors.count, limit: SafetensorsLimits.tensors)
    }
    let notes = members.first { $0.name == SafetensorsLimits.metadataName }
    metadata = try notes.map { note throws(SafetensorsProblem) in try Self.metadata(note) } ?? [:]
    var entries: [Entry] = []
    for tensor in tensors { entries.append(try Self.entry(tensor)) }
    // An empty tensor comes before the one that begins at the same offset.
    entries.sort { first, second in
      (first.bytes.lowerBound, first.bytes.upperBound)
        < (second.bytes.lowerBound, second.bytes.upperBound)
    }
    try Self.checkOrder(of: entries)
    self.entries = entries
  }

  private static func members(of text: [UInt8]) throws(SafetensorsProblem) -> [StrictJSON.Member] {
    if let byte = text.first, byte != UInt8(ascii: "{") { throw .headerStart(byte: byte) }
    do throws(StrictJSONError) {
      guard case .object(let members) = try StrictJSONParser.parse(text) else { return [] }
      return members
    } catch {
      throw .json(reason: error.reason, offset: error.offset)
    }
  }

  private static func metadata(
    _ member: StrictJSON.Member
  ) throws(SafetensorsProblem) -> [String: String] {
    guard case .object(let notes) = member.value else { throw .metadata }
    var metadata: [String: String] = [:]
    for note in notes {
      guard case .string(let text) = note.value else { throw .metadata }
      metadata[note.name] = text
    }
    return metadata
  }

  private static func entry(_ member: StrictJSON.Member) throws(SafetensorsProblem) -> Entry {
    let name = member.name
    let fields = try Fields(member)
    guard let element = SafetensorsElement(rawValue: fields.type) else {
      throw .elementType(tensor: name, found: fields.type)
    }
    guard fields.shape.count <= SafetensorsLimits.rank else {
      throw .rank(tensor: name, found: fields.shape.count, limit: SafetensorsLimits.rank)
    }
    guard let wanted = SafetensorsLimits.byteCount(of: fields.shape, element) else {
      throw .shapeTooLarge(tensor: name, shape: fields.shape)
    }
    let (begin, end) = (fields.begin, fields.end)
    guard begin <= end else { throw .offsets(tensor: name, begin: begin, end: end) }
    guard end - begin == wanted else {
      throw .size(tensor: name, shape: fields.shape, wanted: wanted, found: end - begin)
    }
    return Entry(name: name, shape: fields.shape, element: element, bytes: begin..<end)
  }

  private static func checkOrder(of entries: [Entry]) throws(SafetensorsProblem) {
    var expected = 0
    for entry in entries {
      let begin = entry.bytes.lowerBound
      if begin < expected {
        throw .overlap(tensor: entry.name, begin: begin, expected: expected)
      }
      if begin > expected { throw .hole(tensor: entry.name, begin: begin, expected: expected) }
      expected = entry.bytes.upperBound
    }
  }
}

/// The three fields of a tensor in the header, with the right types but not yet checked.
private struct Fields {
  let type: String
  let shape: [Int]
  let begin, end: Int

  init(_ member: StrictJSON.Member) throws(SafetensorsProblem) {
    guard case .object(let fields) = member.value, fields.count == 3,
      case .string(let type)? = fields.first(where: { $0.name == "dtype" })?.value,
      let shape = fields.first(where: { $0.name == "shape" })?.value.integers,
      let offsets = fields.first(where: { $0.name == "data_offsets" })?.value.integers,
      offsets.count == 2
    else { throw .entry(tensor: member.name) }
    self.type = type
    self.shape = shape
    begin = offsets[0]
    end = offsets[1]
  }
}

extension StrictJSON {
  /// The numbers of an array of integers; nil for anything else.
  fileprivate var integers: [Int]? {
    guard case .array(let elements) = self else { return nil }
    var integers: [Int] = []
    for element in elements {
      guard case .integer(let number) = element else { return nil }
      integers.append(number)
    }
    return integers
  }
}
