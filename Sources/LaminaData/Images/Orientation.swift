/// The orientation of a picture in Exif data; 1 is upright.
enum Orientation {
  private static let tag = 0x0112

  /// The orientation in the Exif data `bytes`, from 1 to 8; 1 if it is missing.
  static func number(inExif bytes: [UInt8]) -> Int {
    let isBigEndian = bytes.starts(with: "MM".utf8)
    guard isBigEndian || bytes.starts(with: "II".utf8) else { return 1 }
    func word(_ offset: Int, _ size: Int) -> Int? {
      guard offset >= 0, offset <= bytes.count - size else { return nil }
      let word = bytes[offset..<offset + size]
      return (isBigEndian ? Array(word) : word.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = word(4, 4), let count = word(directory, 2) else { return 1 }
    for entry in 0..<count {
      let start = directory + 2 + 12 * entry
      guard let found = word(start, 2), let value = word(start + 8, 2) else { return 1 }
      if found == tag { return (1...8).contains(value) ? value : 1 }
    }
    return 1
  }
}
