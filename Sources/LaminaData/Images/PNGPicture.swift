import CSPNG
import Lamina

/// Reads PNG pictures by libspng: every colour type, depth and interlace, the numbers as stored.
enum PNGPicture {
  static func read(_ bytes: [UInt8]) throws(PictureProblem) -> Picture {
    let chunks = try PNGChunks(bytes)
    guard let reader = spng_ctx_new(0) else { throw .damaged(reason: "there is no memory for it") }
    defer { spng_ctx_free(reader) }
    // Profiles and texts may have wrong checksums: no pixel depends on them.
    spng_set_crc_action(reader, Int32(SPNG_CRC_ERROR.rawValue), Int32(SPNG_CRC_USE.rawValue))
    var header = spng_ihdr()
    var rgba: [UInt8] = []
    var problem: PictureProblem?
    bytes.withUnsafeBytes { source in
      do throws(PictureProblem) {
        try check(spng_set_png_buffer(reader, source.baseAddress, source.count))
        try check(spng_get_ihdr(reader, &header))
        try Picture.checkPixels(width: Int(header.width), height: Int(header.height))
        rgba = [UInt8](repeating: 0, count: 4 * Int(header.width) * Int(header.height))
        try check(
          spng_decode_image(
            reader, &rgba, rgba.count, Int32(SPNG_FMT_RGBA8.rawValue),
            Int32(SPNG_DECODE_TRNS.rawValue)))
      } catch { problem = error }
    }
    if let problem { throw problem }
    let size = ImageSize(height: Int(header.height), width: Int(header.width))
    var picture = try Picture(size: size, rgba: rgba)
    if header.bit_depth == 16 { picture.notes.insert(.deep) }
    if Orientation.number(inExif: chunks.exif) != 1 { picture.notes.insert(.turned) }
    return picture
  }

  private static func check(_ status: Int32) throws(PictureProblem) {
    guard status == 0 else {
      throw .damaged(reason: "libspng says \(cited(String(cString: spng_strerror(status))))")
    }
  }
}
