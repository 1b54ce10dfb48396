/// Reads a ZIP archive such as an NPZ file: entries stored or deflated, with ZIP64 as numpy writes
/// it.
///
/// Implemented on zlib, because an archive library would add a dependency for little more than
/// reading the directory.
struct ZIPArchive {
  /// A file in the archive, as the directory describes it.
  struct Entry {
    let name: String
    fileprivate let method: Int
    fileprivate let isEncrypted: Bool
    fileprivate let checksum: UInt32
    fileprivate let compressedSize, size, offset: Int
  }

  private let bytes: [UInt8]
  /// The files, in the order of the directory.
  let entries: [Entry]

  init(_ bytes: [UInt8]) throws(ArchiveProblem) {
    self.bytes = bytes
    entries = try ZIPDirectory(bytes).entries()
  }

  /// The content of an entry, verified against its checksum.
  func content(of entry: Entry) throws(ArchiveProblem) -> [UInt8] {
    guard !entry.isEncrypted else { throw .method(entry: entry.name, what: "encrypted") }
    let reader = LittleEndianReader(bytes)
    // The local header repeats the name and the extra field, possibly with other lengths.
    guard let signature = reader.word(entry.offset, 4), signature == 0x0403_4b50,
      let nameLength = reader.word(entry.offset + 26, 2),
      let extraLength = reader.word(entry.offset + 28, 2)
    else { throw .damaged(entry: entry.name, reason: "its header is not where it should be") }
    let start = entry.offset + 30 + nameLength + extraLength
    guard start <= bytes.count, entry.compressedSize <= bytes.count - start else {
      throw .truncated(what: "the content of \(entry.name)")
    }
    let packed = bytes[start..<start + entry.compressedSize]
    let content: [UInt8]
    switch entry.method {
    case 0: content = Array(packed)
    case 8: content = try Inflation.inflate(packed, size: entry.size, of: entry.name)
    default: throw .method(entry: entry.name, what: "compressed by method \(entry.method)")
    }
    guard content.count == entry.size else {
      throw .damaged(
        entry: entry.name, reason: "it has \(content.count) bytes but should have \(entry.size)")
    }
    guard Inflation.checksum(content) == entry.checksum else {
      throw .damaged(entry: entry.name, reason: "its checksum is wrong")
    }
    return content
  }
}

/// The directory at the end of an archive.
private struct ZIPDirectory {
  private let bytes: [UInt8]
  private let reader: LittleEndianReader

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = LittleEndianReader(bytes)
  }

  func entries() throws(ArchiveProblem) -> [ZIPArchive.Entry] {
    var (count, offset) = try location()
    var entries: [ZIPArchive.Entry] = []
    while count > 0 {
      let (entry, next) = try entry(at: offset)
      entries.append(entry)
      offset = next
      count -= 1
    }
    return entries
  }

  /// The number of entries and the offset of the directory.
  private func location() throws(ArchiveProblem) -> (count: Int, offset: Int) {
    // The end record has 22 bytes and a comment of at most 65535.
    let first = max(0, bytes.count - 22 - 65535)
    guard bytes.count >= 22,
      let end = stride(from: bytes.count - 22, through: first, by: -1).first(where: {
        reader.word($0, 4) == 0x0605_4b50
      }), let count = reader.word(end + 10, 2), let offset = reader.word(end + 16, 4)
    else { throw .notZIP }
    guard count == 0xffff || offset == 0xffff_ffff else { return (count, offset) }
    guard reader.word(end - 20, 4) == 0x0706_4b50, let record = reader.word(end - 12, 8),
      reader.word(record, 4) == 0x0606_4b50, let longCount = reader.word(record + 32, 8),
      let longOffset = reader.word(record + 48, 8)
    else { throw .truncated(what: "the ZIP64 directory") }
    return (longCount, longOffset)
  }

  private func entry(at offset: Int) throws(ArchiveProblem) -> (ZIPArchive.Entry, next: Int) {
    guard reader.word(offset, 4) == 0x0201_4b50, let flags = reader.word(offset + 8, 2),
      let method = reader.word(offset + 10, 2), let checksum = reader.word(offset + 16, 4),
      let nameLength = reader.word(offset + 28, 2), let extraLength = reader.word(offset + 30, 2),
      let commentLength = reader.word(offset + 32, 2),
      reader.has(offset + 46, nameLength + extraLength + commentLength)
    else { throw .truncated(what: "the directory") }
    let nameStart = offset + 46
    let name = String(decoding: bytes[nameStart..<nameStart + nameLength], as: UTF8.self)
    let long = LongSizes(reader, nameStart + nameLength, extraLength)
    // The extra field holds, in this order, the sizes that do not fit the short fields.
    var place = 0
    func size(at short: Int) throws(ArchiveProblem) -> Int {
      guard let value = reader.word(short, 4) else { throw .truncated(what: "the directory") }
      guard value == 0xffff_ffff else { return value }
      guard let value = long.value(place) else {
        throw .damaged(entry: name, reason: "its ZIP64 sizes are missing")
      }
      place += 1
      return value
    }
    let size64 = try size(at: offset + 24)
    let compressed = try size(at: offset + 20)
    let start = try size(at: offset + 42)
    let entry = ZIPArchive.Entry(
      name: name, method: method, isEncrypted: flags & 1 != 0, checksum: UInt32(checksum),
      compressedSize: compressed, size: size64, offset: start)
    return (entry, nameStart + nameLength + extraLength + commentLength)
  }
}

/// The 64-bit sizes in the extra field of an entry.
private struct LongSizes {
  private let reader: LittleEndianReader
  private var start = 0
  private var length = 0

  init(_ reader: LittleEndianReader, _ start: Int, _ length: Int) {
    self.reader = reader
    var offset = start
    while offset + 4 <= start + length, let id = reader.word(offset, 2),
      let size = reader.word(offset + 2, 2)
    {
      if id == 1 {
        (self.start, self.length) = (offset + 4, min(size, start + length - offset - 4))
        return
      }
      offset += 4 + size
    }
  }

  func value(_ number: Int) -> Int? {
    8 * (number + 1) <= length ? reader.word(start + 8 * number, 8) : nil
  }
}
