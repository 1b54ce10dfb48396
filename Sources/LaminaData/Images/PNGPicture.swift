import CSPNG
import Lamina

/// Reads PNG pictures with libspng: every colour type, depth and interlacing, with pixels as
/// stored.
struct PNGPicture {
  private let header: spng_ihdr
  private let pixels: [UInt8]
  /// The number of colours in the palette; 0 without a palette.
  private let colours: Int

  static func read(_ bytes: [UInt8]) throws(PictureProblem) -> Picture {
    let chunks = try PNGChunks(bytes)
    let decoded = try PNGPicture(bytes, as: SPNG_FMT_RGBA8)
    let header = decoded.header
    if Int(header.color_type) == Int(SPNG_COLOR_TYPE_INDEXED.rawValue),
      decoded.colours < 1 << header.bit_depth
    {
      try PNGPicture(bytes, as: SPNG_FMT_PNG).checkPalette()
    }
    let size = ImageSize(height: Int(header.height), width: Int(header.width))
    var picture = try Picture(size: size, rgba: decoded.pixels)
    if header.bit_depth == 16 { picture.notes.insert(.deep) }
    if Orientation.number(inExif: chunks.exif) != 1 { picture.notes.insert(.turned) }
    return picture
  }

  /// Decodes the picture into the pixel format `format`.
  private init(_ bytes: [UInt8], as format: spng_format) throws(PictureProblem) {
    guard let reader = spng_ctx_new(0) else { throw .damaged(reason: "there is not enough memory") }
    defer { spng_ctx_free(reader) }
    // Profiles and texts may have wrong checksums, because they do not affect the pixels.
    spng_set_crc_action(reader, Int32(SPNG_CRC_ERROR.rawValue), Int32(SPNG_CRC_USE.rawValue))
    var header = spng_ihdr()
    var palette = spng_plte()
    var pixels: [UInt8] = []
    var problem: PictureProblem?
    bytes.withUnsafeBytes { source in
      do throws(PictureProblem) {
        try Self.check(spng_set_png_buffer(reader, source.baseAddress, source.count))
        try Self.check(spng_get_ihdr(reader, &header))
        try Picture.checkPixels(width: Int(header.width), height: Int(header.height))
        let status = spng_get_plte(reader, &palette)
        if status != Int32(SPNG_ECHUNKAVAIL.rawValue) { try Self.check(status) }
        var count = 0
        try Self.check(spng_decoded_image_size(reader, Int32(format.rawValue), &count))
        pixels = [UInt8](repeating: 0, count: count)
        let flags = format == SPNG_FMT_RGBA8 ? Int32(SPNG_DECODE_TRNS.rawValue) : 0
        try Self.check(spng_decode_image(reader, &pixels, count, Int32(format.rawValue), flags))
      } catch { problem = error }
    }
    if let problem { throw problem }
    (self.header, self.pixels, colours) = (header, pixels, Int(palette.n_entries))
  }

  /// Throws if the palette lacks the colour of a stored pixel, which libspng would make black.
  private func checkPalette() throws(PictureProblem) {
    let depth = Int(header.bit_depth)
    let rowBytes = (Int(header.width) * depth + 7) / 8
    for row in 0..<Int(header.height) {
      for column in 0..<Int(header.width) {
        let bit = column * depth
        let byte = pixels[row * rowBytes + bit / 8]
        let index = Int(byte >> (8 - depth - bit % 8)) & (1 << depth - 1)
        guard index < colours else {
          throw .damaged(reason: "a pixel has colour \(index) of \(colours)")
        }
      }
    }
  }

  private static func check(_ status: Int32) throws(PictureProblem) {
    guard status == 0 else {
      throw .damaged(reason: "libspng says \(cited(String(cString: spng_strerror(status))))")
    }
  }
}
