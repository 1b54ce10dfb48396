import CPNG
import Lamina

/// Reads PNG pictures by libpng: every colour type, depth and interlace.
enum PNGPicture {
  static func read(_ bytes: [UInt8]) throws(PictureProblem) -> Picture {
    // libpng keeps the address of the image between its calls, so the image must not move.
    let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)
    image.initialize(to: png_image())
    image.pointee.version = lamina_png_version
    defer {
      png_image_free(image)
      image.deallocate()
    }
    var rgba: [UInt8] = []
    var problem: PictureProblem?
    bytes.withUnsafeBytes { source in
      do throws(PictureProblem) { rgba = try colours(source, image) } catch { problem = error }
    }
    if let problem { throw problem }
    let pixels = try stride(from: 0, to: rgba.count, by: 4).map { at throws(PictureProblem) in
      guard rgba[at + 3] == 255 else { throw .transparent }
      return Picture.grey(red: rgba[at], green: rgba[at + 1], blue: rgba[at + 2])
    }
    return Picture(
      size: ImageSize(height: Int(image.pointee.height), width: Int(image.pointee.width)),
      pixels: pixels)
  }

  /// The pixels as red, green, blue and opacity, a byte each.
  private static func colours(
    _ source: UnsafeRawBufferPointer, _ image: UnsafeMutablePointer<png_image>
  ) throws(PictureProblem) -> [UInt8] {
    guard let start = source.baseAddress,
      png_image_begin_read_from_memory(image, start, source.count) != 0
    else { throw .damaged(reason: message(of: image)) }
    let (width, height) = (Int(image.pointee.width), Int(image.pointee.height))
    try Picture.checkPixels(width: width, height: height)
    image.pointee.format = lamina_png_rgba
    // Otherwise libpng takes numbers of 16 bits for linear light and bends them.
    image.pointee.flags |= lamina_png_plain_16_bits
    var rgba = [UInt8](repeating: 0, count: 4 * width * height)
    let isRead = rgba.withUnsafeMutableBytes { buffer in
      png_image_finish_read(image, nil, buffer.baseAddress, 0, nil) != 0
    }
    // A warning, too, means that what was read is not what was written.
    guard isRead, image.pointee.warning_or_error == 0 else {
      throw .damaged(reason: message(of: image))
    }
    return rgba
  }

  private static func message(of image: UnsafeMutablePointer<png_image>) -> String {
    withUnsafeBytes(of: &image.pointee.message) { bytes in
      let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      return text.isEmpty ? "libpng gives no reason" : "libpng says \(cited(text))"
    }
  }
}
