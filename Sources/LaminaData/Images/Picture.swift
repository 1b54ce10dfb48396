import Lamina

/// A picture in shades of grey.
struct Picture: Sendable {
  /// What became of the picture beyond its pixels.
  enum Note: CaseIterable {
    /// It has colours.
    case colours
    /// It has 16 bits a pixel, or a channel.
    case deep
    /// Its Exif data say that the camera was turned.
    case turned
    /// It has something that no pixel depends on and that is not as it should be.
    case oddities
  }

  /// More is refused before room is made: no picture of a data set of whole pictures is so large.
  static let mostPixels = 1 << 24

  let size: ImageSize
  /// From 0, black, to 255, white; row by row from the top.
  let pixels: [UInt8]
  var notes: Set<Note> = []

  /// Reads a PNG, JPEG or BMP file, known by its content.
  init(path: String) throws(DataError) {
    let bytes = try ByteReader.contents(of: path)
    do throws(PictureProblem) { self = try Picture(bytes, name: path) } catch {
      throw .picture(path: path, error)
    }
  }

  init(size: ImageSize, pixels: [UInt8]) {
    self.size = size
    self.pixels = pixels
  }

  /// Colours: red, green and blue, a byte each.
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

  /// Colours with their opacity, which must be full: red, green, blue and it, a byte each.
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

  /// The grey of a colour: ITU-R 601's luma, rounded as Pillow rounds it.
  static func grey(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    let (red, green, blue) = (UInt32(red), UInt32(green), UInt32(blue))
    let sum: UInt32 = 19595 * red + 38470 * green + 7471 * blue
    return UInt8((sum + 0x8000) >> 16)
  }
}
