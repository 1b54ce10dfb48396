import CSPNG
import FoundationEssentials
import Glibc
package import Lamina

/// Pixels as a PNG file embedded in the page.
package struct Picture: Sendable {
  /// The number of bytes per pixel: 1 for grey, 3 for red, green and blue.
  private let channels: Int
  private let size: ImageSize
  private let pixels: [UInt8]

  /// Creates a picture of grey pixels, row by row; nil if their number does not match the size.
  package init?(grey pixels: [UInt8], size: ImageSize) { self.init(pixels, channels: 1, size) }

  /// Creates a picture of weights from -127 to 127 in two's complement: negative ones are orange,
  /// zeros white, positive ones blue.
  package init?(weights: [UInt8], size: ImageSize) {
    let colours = weights.flatMap { byte -> [UInt8] in
      let value = Int(Int8(bitPattern: byte))
      let share = Double(min(127, abs(value))) / 127
      let end = value < 0 ? (0.85, 0.35, 0.0) : (0.0, 0.35, 0.75)
      return [end.0, end.1, end.2].map { UInt8(255 * (1 - share * (1 - $0))) }
    }
    self.init(colours, channels: 3, size)
  }

  private init?(_ pixels: [UInt8], channels: Int, _ size: ImageSize) {
    guard size.width > 0, size.height > 0, size.width <= 4096, size.height <= 4096,
      pixels.count == channels * size.width * size.height
    else { return nil }
    self.pixels = pixels
    self.channels = channels
    self.size = size
  }

  /// The PNG file; nil if libspng fails.
  package var png: [UInt8]? {
    guard let encoder = spng_ctx_new(Int32(SPNG_CTX_ENCODER.rawValue)) else { return nil }
    defer { spng_ctx_free(encoder) }
    let colours = channels == 1 ? SPNG_COLOR_TYPE_GRAYSCALE : SPNG_COLOR_TYPE_TRUECOLOR
    var header = spng_ihdr(
      width: UInt32(size.width), height: UInt32(size.height), bit_depth: 8,
      color_type: UInt8(colours.rawValue), compression_method: 0, filter_method: 0,
      interlace_method: 0)
    spng_set_option(encoder, SPNG_ENCODE_TO_BUFFER, 1)
    let finalize = Int32(SPNG_ENCODE_FINALIZE.rawValue)
    guard spng_set_ihdr(encoder, &header) == 0,
      spng_encode_image(encoder, pixels, pixels.count, Int32(SPNG_FMT_PNG.rawValue), finalize) == 0
    else { return nil }
    var (count, status) = (0, Int32(0))
    guard let bytes = spng_get_png_buffer(encoder, &count, &status) else { return nil }
    defer { free(bytes) }
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
  }

  /// The HTML element of the picture.
  package func node(alternative text: String) -> Node {
    let data = png.map { Data($0).base64EncodedString() } ?? ""
    return .element(
      "img",
      [
        "src": "data:image/png;base64,\(data)", "alt": text, "width": "\(size.width)",
        "height": "\(size.height)",
      ])
  }
}
