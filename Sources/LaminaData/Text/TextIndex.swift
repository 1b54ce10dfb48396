/// Numbers texts in the order in which they first occur, comparing them byte by byte.
///
/// Hashing is that of Swift's `Hasher`, with a seed that changes with each process, so that no file
/// can be made to collide.
struct TextIndex: Sendable {
  /// The texts by their number.
  private(set) var texts = TextColumn()
  /// The number of a text at each place, -1 for none. Their count is a power of two.
  private var slots = [Int32](repeating: -1, count: 32)

  init() {}

  init(_ texts: [String]) {
    for text in texts { _ = insert(Array(text.utf8)[...]) }
  }

  /// The number of different texts.
  var count: Int { texts.count }

  /// The number of a text; nil if it did not occur.
  func number(of text: ArraySlice<UInt8>) -> Int? {
    let found = slots[slot(of: text)]
    return found < 0 ? nil : Int(found)
  }

  /// The number of a text, which becomes the next one if the text is new.
  mutating func insert(_ text: ArraySlice<UInt8>) -> Int {
    let slot = slot(of: text)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    slots[slot] = Int32(texts.count)
    texts.append(text)
    if 2 * texts.count > slots.count { grow() }
    return texts.count - 1
  }

  /// The place of a text, or the free place that it would take.
  private func slot(of text: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    text.withUnsafeBytes { hasher.combine(bytes: $0) }
    var slot = hasher.finalize() & (slots.count - 1)
    while slots[slot] >= 0 {
      let range = texts.range(of: Int(slots[slot]))
      if range.count == text.count, texts.bytes[range].elementsEqual(text) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for number in 0..<texts.count {
      slots[slot(of: texts.bytes[texts.range(of: number)])] = Int32(number)
    }
  }
}

extension TextIndex {
  /// The text of each number.
  var all: [String] { (0..<texts.count).map { texts[$0] } }
}
