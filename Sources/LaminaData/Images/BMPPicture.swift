import Lamina

/// Reads uncompressed Windows bitmaps: 1, 4 and 8 bits per pixel with a palette, 24 and 32 without.
/// The fourth byte of 32-bit pixels is ignored.
struct BMPPicture {
  private typealias Colour = (red: UInt8, green: UInt8, blue: UInt8)

  private static let fileHeader = 14

  private let bytes: [UInt8]
  private let width, height: Int
  private let isTopDown: Bool
  private let bitsPerPixel, pixelOffset: Int
  /// Red, green and blue of each palette entry; empty for 24 and 32 bits.
  private let palette: [Colour]

  init(_ bytes: [UInt8]) throws(PictureProblem) {
    let reader = LittleEndianReader(bytes)
    guard let pixelOffset = reader.word(10, 4), let headerSize = reader.word(14, 4),
      headerSize == 12 || headerSize >= 40, reader.has(Self.fileHeader, headerSize)
    else { throw .damaged(reason: "its header is truncated") }
    let isOld = headerSize == 12
    func number(_ offset: Int, _ size: Int) -> Int { reader.word(offset, size) ?? 0 }
    let storedHeight = isOld ? number(20, 2) : Int(Int32(truncatingIfNeeded: number(22, 4)))
    width = isOld ? number(18, 2) : Int(Int32(truncatingIfNeeded: number(18, 4)))
    (isTopDown, height) = (storedHeight < 0, abs(storedHeight))
    try Picture.checkPixels(width: width, height: height)
    bitsPerPixel = number(isOld ? 24 : 28, 2)
    guard [1, 4, 8, 24, 32].contains(bitsPerPixel) else {
      throw .notRead(what: "has \(bitsPerPixel) bits per pixel")
    }
    let compression = isOld ? 0 : number(30, 4)
    let hasUsualMasks =
      compression == 3 && bitsPerPixel == 32 && number(54, 4) == 0xff_0000
      && number(58, 4) == 0xff00 && number(62, 4) == 0xff
    guard compression == 0 || hasUsualMasks else {
      throw .notRead(what: "is compressed by method \(compression)")
    }
    let usedColours = isOld ? 0 : number(46, 4)
    palette = try Self.palette(
      bytes, at: Self.fileHeader + headerSize, entrySize: isOld ? 3 : 4, bits: bitsPerPixel,
      used: usedColours)
    self.bytes = bytes
    self.pixelOffset = pixelOffset
  }

  private static func palette(
    _ bytes: [UInt8], at start: Int, entrySize: Int, bits: Int, used: Int
  ) throws(PictureProblem) -> [Colour] {
    guard bits <= 8 else { return [] }
    let count = used == 0 ? 1 << bits : used
    guard count <= 1 << bits else {
      throw .damaged(reason: "it has \(count) colours for \(bits) bits per pixel")
    }
    guard LittleEndianReader(bytes).has(start, count * entrySize) else {
      throw .damaged(reason: "its palette is truncated")
    }
    return (0..<count).map { entry in
      let at = start + entry * entrySize
      return (bytes[at + 2], bytes[at + 1], bytes[at])
    }
  }

  func picture() throws(PictureProblem) -> Picture {
    // Rows are padded to multiples of 32 bits.
    let stride = (width * bitsPerPixel + 31) / 32 * 4
    guard LittleEndianReader(bytes).has(pixelOffset, stride * height) else {
      throw .damaged(
        reason: "it has \(bytes.count) bytes but needs \(pixelOffset + stride * height)")
    }
    var rgb: [UInt8] = []
    rgb.reserveCapacity(3 * width * height)
    for row in 0..<height {
      let start = pixelOffset + stride * (isTopDown ? row : height - 1 - row)
      for column in 0..<width {
        let (red, green, blue) = try colour(start, column)
        rgb.append(red)
        rgb.append(green)
        rgb.append(blue)
      }
    }
    return Picture(size: ImageSize(height: height, width: width), rgb: rgb)
  }

  /// Red, green and blue of a pixel.
  private func colour(_ rowStart: Int, _ column: Int) throws(PictureProblem) -> Colour {
    if palette.isEmpty {
      let at = rowStart + column * bitsPerPixel / 8
      return (bytes[at + 2], bytes[at + 1], bytes[at])
    }
    let bit = column * bitsPerPixel
    let shift = 8 - bitsPerPixel - bit % 8
    let index = Int(bytes[rowStart + bit / 8] >> shift) & (1 << bitsPerPixel - 1)
    guard index < palette.count else {
      throw .damaged(reason: "a pixel has colour \(index) of \(palette.count)")
    }
    return palette[index]
  }
}
