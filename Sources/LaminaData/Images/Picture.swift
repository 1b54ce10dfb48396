import Lamina

/// A picture in shades of grey.
struct Picture: Sendable {
  /// More is refused before room is made: no picture of a data set of whole pictures is so large.
  static let mostPixels = 1 << 24

  let size: ImageSize
  /// From 0, black, to 255, white; row by row from the top.
  let pixels: [UInt8]

  /// Reads a PNG or BMP file, known by its content.
  init(path: String) throws(DataError) {
    let bytes = try ByteReader.contents(of: path)
    do throws(PictureProblem) { self = try Picture(bytes) } catch {
      throw .picture(path: path, error)
    }
  }

  init(size: ImageSize, pixels: [UInt8]) {
    self.size = size
    self.pixels = pixels
  }

  /// Reads the content of a PNG or BMP file.
  init(_ bytes: [UInt8]) throws(PictureProblem) {
    if bytes.starts(with: [0x89] + Array("PNG".utf8)) {
      self = try PNGPicture.read(bytes)
    } else if bytes.starts(with: "BM".utf8) {
      self = try BMPPicture(bytes).picture()
    } else {
      throw .otherKind(Self.kind(of: bytes))
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

  private static func kind(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x49, 0x49, 0x2a, 0]) { return "a TIFF picture" }
    if bytes.starts(with: [0x4d, 0x4d, 0, 0x2a]) { return "a TIFF picture" }
    if bytes.starts(with: [0xff, 0xd8]) { return "a JPEG picture" }
    return bytes.starts(with: "GIF8".utf8) ? "a GIF picture" : nil
  }
}
