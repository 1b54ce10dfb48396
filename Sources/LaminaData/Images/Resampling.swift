import Lamina

/// Bilinear resampling with antialiasing: when pictures shrink, the triangle filter grows with the
/// scale, so that every pixel counts. The bytes equal those of Pillow's `resize` with `BILINEAR`.
struct Resampling {
  /// The source pixels of one pixel in a row or column, and their weights.
  private struct Window {
    let start: Int
    let weights: [Int]
  }

  private static let fractionBits = 22

  private let source, target: ImageSize
  private let rows, columns: [Window]

  init(from source: ImageSize, to target: ImageSize) {
    self.source = source
    self.target = target
    rows = Self.windows(from: source.height, to: target.height)
    columns = Self.windows(from: source.width, to: target.width)
  }

  /// Resamples a picture to the new size.
  func pixels(of pixels: some RandomAccessCollection<UInt8>) -> [UInt8] {
    let pixels = Array(pixels)
    guard source != target else { return pixels }
    // Rounded between the two passes, as in Pillow.
    var wide: [UInt8] = []
    wide.reserveCapacity(source.height * target.width)
    for row in 0..<source.height {
      for window in columns { wide.append(Self.sum(window, of: pixels, row * source.width, 1)) }
    }
    var result: [UInt8] = []
    result.reserveCapacity(target.height * target.width)
    for window in rows {
      for column in 0..<target.width {
        result.append(Self.sum(window, of: wide, column, target.width))
      }
    }
    return result
  }

  /// Resamples consecutive pictures.
  func all(_ pixels: [UInt8]) -> [UInt8] {
    let count = source.height * source.width
    return stride(from: 0, to: pixels.count, by: count).flatMap { start in
      self.pixels(of: pixels[start..<start + count])
    }
  }

  private static func sum(
    _ window: Window, of pixels: [UInt8], _ first: Int, _ stride: Int
  ) -> UInt8 {
    var sum = 1 << (fractionBits - 1)
    var at = first + window.start * stride
    for weight in window.weights {
      sum += weight * Int(pixels[at])
      at += stride
    }
    return UInt8(clamping: sum >> fractionBits)
  }

  private static func windows(from source: Int, to target: Int) -> [Window] {
    let scale = Double(source) / Double(target)
    let support = max(scale, 1)
    return (0..<target).map { index in
      let centre = (Double(index) + 0.5) * scale
      let start = max(0, Int(centre - support + 0.5))
      let end = min(source, Int(centre + support + 0.5))
      let shares = (start..<end).map { pixel in
        max(0, 1 - abs((Double(pixel) - centre + 0.5) / support))
      }
      let whole = shares.reduce(0, +)
      return Window(
        start: start, weights: shares.map { Int(0.5 + $0 / whole * Double(1 << fractionBits)) })
    }
  }
}

extension ExamplePart {
  /// The examples with pictures of another size; throws if the inputs are not pictures.
  func resized(to size: ImageSize) throws(DataError) -> ExamplePart {
    guard size != imageSize else { return self }
    guard let imageSize, case .bytes(let pixels) = inputs else {
      throw .source(path: name, .option(key: "resize", reason: "the inputs are not pictures"))
    }
    var part = self
    part.inputs = .bytes(Resampling(from: imageSize, to: size).all(pixels))
    part.features = size.height * size.width
    part.imageSize = size
    return part
  }
}
