import Lamina

/// A greyscale picture.
struct Picture: Sendable {
  /// A property of the picture file that was lost or ignored.
  enum Note: CaseIterable {
    /// The file has colours.
    case colours
    /// The file has 16 bits per channel.
    case deep
    /// The Exif data give a rotation.
    case turned
    /// The file has irregular bytes that do not affect the pixels.
    case oddities
  }

  /// The largest number of pixels, checked before memory is allocated.
  static let mostPixels = 1 << 24

  let size: ImageSize
  /// The pixels from 0, black, to 255, white, row by row from the top.
  let pixels: [UInt8]
  var notes: Set<Note> = []

  /// Reads a PNG, JPEG or BMP file, recognised by its content.
  init(path: String) throws(DataError) {
    let bytes = try ByteReader.contents(of: path)
    self = try problems(of: path, as: DataError.picture, Picture(bytes, name: path))
  }

  init(size: ImageSize, pixels: [UInt8]) {
    self.size = size
    self.pixels = pixels
  }

  /// Converts colours, one byte each of red, green and blue.
  init(size: ImageSize, rgb: [UInt8]) {
    var hasColours = false
    pixels = stride(from: 0, to: rgb.count, by: 3).map { at in
      let (red, green, blue) = (rgb[at], rgb[at + 1], rgb[at + 2])
      if red != green || green != blue { hasColours = true }
      return Self.grey(red: red, green: green, blue: blue)
    }
    self.size = size
    if hasColours { notes.insert(.colours) }
  }

  /// Converts colours with alpha, one byte each of red, green, blue and alpha. Throws unless all
  /// pixels are opaque.
  init(size: ImageSize, rgba: [UInt8]) throws(PictureProblem) {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(3 * size.height * size.width)
    for at in stride(from: 0, to: rgba.count, by: 4) {
      guard rgba[at + 3] == 255 else { throw .transparent }
      rgb += rgba[at..<at + 3]
    }
    self.init(size: size, rgb: rgb)
  }

  /// Reads the content of a PNG, JPEG or BMP file of this name.
  init(_ bytes: [UInt8], name: String) throws(PictureProblem) {
    switch ForeignFile(start: bytes, name: name) {
    case .png: self = try PNGPicture.read(bytes)
    case .jpeg: self = try JPEGPicture.read(bytes)
    case .bmp: self = try BMPPicture(bytes).picture()
    case let other: throw .otherKind(other?.name)
    }
  }

  static func checkPixels(width: Int, height: Int) throws(PictureProblem) {
    guard width > 0, height > 0, height <= mostPixels, width <= mostPixels / height else {
      throw .pixels(width: width, height: height, limit: mostPixels)
    }
  }

  /// The grey value of a colour: the luma of ITU-R 601, rounded as in Pillow.
  static func grey(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    let (red, green, blue) = (UInt32(red), UInt32(green), UInt32(blue))
    let sum: UInt32 = 19595 * red + 38470 * green + 7471 * blue
    return UInt8((sum + 0x8000) >> 16)
  }
}
