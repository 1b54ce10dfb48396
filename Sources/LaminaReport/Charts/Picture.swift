import CPNG
import FoundationEssentials
package import Lamina

/// Pixels as a PNG file that stands in the page itself.
package struct Picture: Sendable {
  /// Bytes a pixel: 1 is grey, 3 is red, green and blue.
  private let channels: Int
  private let size: ImageSize
  private let pixels: [UInt8]

  /// Grey pixels, row by row; nil unless there are as many as the size says.
  package init?(grey pixels: [UInt8], size: ImageSize) {
    self.init(pixels, channels: 1, size)
  }

  /// Weights from -127 to 127 as bytes of two's complement: orange below 0, white, blue above.
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

  /// The PNG file; nil where libpng cannot make it.
  package var png: [UInt8]? {
    var image = png_image()
    image.version = lamina_png_version
    image.width = png_uint_32(size.width)
    image.height = png_uint_32(size.height)
    image.format = channels == 1 ? lamina_png_gray : lamina_png_rgb
    // Headers, and a little more than the pixels where they cannot be made smaller.
    var bytes = [UInt8](repeating: 0, count: 4096 + pixels.count + pixels.count / 8 + size.height)
    var length = png_alloc_size_t(bytes.count)
    let isMade = png_image_write_to_memory(&image, &bytes, &length, 0, pixels, 0, nil)
    png_image_free(&image)
    return isMade == 0 ? nil : Array(bytes.prefix(Int(length)))
  }

  /// The element that shows it.
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
