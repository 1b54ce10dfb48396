/// Writes a ZIP archive whose entries are stored, not compressed, as `numpy.savez` does.
struct ZIPWriter {
  private struct Entry {
    let name: [UInt8]
    let checksum: UInt32
    let size, offset: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  /// Adds a file.
  mutating func add(_ name: String, _ content: [UInt8]) {
    let entry = Entry(
      name: Array(name.utf8), checksum: Inflation.checksum(content), size: content.count,
      offset: bytes.count)
    entries.append(entry)
    bytes += littleEndian(UInt32(0x0403_4b50)) + Self.fields(entry)
    bytes += entry.name
    bytes += content
  }

  /// The whole archive.
  func finished() throws(ExportProblem) -> [UInt8] {
    // Without the extension for longer archives, offsets have 32 bits.
    guard bytes.count < Int(UInt32.max) else {
      throw .tooLarge(format: "NPZ", bytes: bytes.count, limit: Int(UInt32.max))
    }
    var directory: [UInt8] = []
    for entry in entries {
      directory += littleEndian(UInt32(0x0201_4b50)) + littleEndian(UInt16(20)) + Self.fields(entry)
      // No comment, the first volume, no attributes.
      directory += [UInt8](repeating: 0, count: 10)
      directory += littleEndian(UInt32(entry.offset)) + entry.name
    }
    let count = littleEndian(UInt16(entries.count))
    return bytes + directory + littleEndian(UInt32(0x0605_4b50)) + [0, 0, 0, 0] + count + count
      + littleEndian(UInt32(directory.count)) + littleEndian(UInt32(bytes.count)) + [0, 0]
  }

  /// The fields that the header of an entry and the directory share.
  private static func fields(_ entry: Entry) -> [UInt8] {
    let size = littleEndian(UInt32(truncatingIfNeeded: entry.size))
    // Version 2.0; names in UTF-8; stored; midnight of 1 January 1980, so that the same model gives
    // the same bytes.
    let start = [UInt16(20), 0x0800, 0, 0, 0x0021].flatMap { littleEndian($0) }
    return start + littleEndian(entry.checksum) + size + size
      + littleEndian(UInt16(entry.name.count)) + littleEndian(UInt16(0))
  }
}
