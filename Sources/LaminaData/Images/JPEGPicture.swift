import CJPEG
import Lamina

/// Reads JPEG pictures with libjpeg-turbo: grey and colour, baseline and progressive.
enum JPEGPicture {
  static func read(_ bytes: [UInt8]) throws(PictureProblem) -> Picture {
    var header = lamina_jpeg()
    try check(lamina_jpeg_header(bytes, bytes.count, &header), header)
    try Picture.checkPixels(width: header.width, height: header.height)
    guard header.channels > 0 else { throw .notRead(what: "has CMYK colours") }
    var stored = [UInt8](repeating: 0, count: header.width * header.height * header.channels)
    try check(lamina_jpeg_pixels(bytes, bytes.count, &header, &stored), header)
    let size = ImageSize(height: header.height, width: header.width)
    var picture =
      header.channels == 1 ? Picture(size: size, pixels: stored) : Picture(size: size, rgb: stored)
    if !message(of: header).isEmpty { picture.notes.insert(.oddities) }
    if Orientation.number(inExif: exif(in: bytes)) != 1 { picture.notes.insert(.turned) }
    return picture
  }

  private static func check(
    _ result: lamina_jpeg_result, _ picture: lamina_jpeg
  ) throws(PictureProblem) {
    let words = "libjpeg says \(cited(message(of: picture)))"
    if result == lamina_jpeg_damaged { throw .damaged(reason: words) }
    if result == lamina_jpeg_not_supported {
      throw .notRead(what: "is an unsupported kind of JPEG (\(words))")
    }
  }

  private static func message(of picture: lamina_jpeg) -> String {
    withUnsafeBytes(of: picture.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The Exif data in the segments before the pixels; empty if there are none.
  private static func exif(in bytes: [UInt8]) -> [UInt8] {
    let mark = Array("Exif".utf8) + [0, 0]
    var offset = 2
    while offset + 4 <= bytes.count, bytes[offset] == 0xff, bytes[offset + 1] != 0xda {
      let length = Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
      let content = bytes[(offset + 4)...].prefix(max(0, length - 2))
      if bytes[offset + 1] == 0xe1, content.starts(with: mark) {
        return Array(content.dropFirst(mark.count))
      }
      offset += 2 + length
    }
    return []
  }
}
