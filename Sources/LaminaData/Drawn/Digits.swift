public import Lamina

extension DatasetSplit {
  /// Generates pictures of handwritten-looking digits, 28 x 28 pixels in ten classes, without any
  /// file.
  ///
  /// The same `seed` gives the same bytes on every machine, and a smaller set is the beginning of
  /// a larger one. The classes alternate, so their counts differ by at most one.
  public static func digits(
    seed: UInt64, trainCount: Int = 20_000, testCount: Int = 4_000
  ) -> DatasetSplit {
    DatasetSplit(
      train: DigitSet(name: "digits train", seed: seed, firstStream: 0x6469_6700_0000_0000)
        .draw(count: trainCount),
      test: DigitSet(name: "digits test", seed: seed, firstStream: 0x6469_6701_0000_0000)
        .draw(count: testCount))
  }
}

/// A set of pictures, each with its own random stream, so that any part can be drawn separately.
private struct DigitSet {
  /// The range of the random noise in the brightness of a pixel.
  private static let noise: Float = 16
  private static let picturesAtOnce = 500

  let name: String
  let seed, firstStream: UInt64

  func draw(count: Int) -> Dataset {
    let pixels = DigitCanvas.size * DigitCanvas.size
    let parts = concurrently((count + Self.picturesAtOnce - 1) / Self.picturesAtOnce) { part in
      let first = part * Self.picturesAtOnce
      return draw(first..<min(first + Self.picturesAtOnce, count))
    }
    return Dataset(
      name: name, inputs: .bytes([UInt8](parts.joined())),
      targets: .classes((0..<count).map { Int32($0 % 10) }, classNames: (0..<10).map(String.init)),
      features: pixels, imageSize: ImageSize(height: DigitCanvas.size, width: DigitCanvas.size))
  }

  private func draw(_ pictures: Range<Int>) -> [UInt8] {
    let pixels = DigitCanvas.size * DigitCanvas.size
    var canvas = DigitCanvas()
    return [UInt8](unsafeUninitializedCapacity: pictures.count * pixels) { bytes, count in
      for picture in pictures {
        let place = (picture - pictures.lowerBound) * pixels
        draw(picture, on: &canvas, into: .init(rebasing: bytes[place..<place + pixels]))
      }
      count = pictures.count * pixels
    }
  }

  private func draw(
    _ picture: Int, on canvas: inout DigitCanvas, into bytes: UnsafeMutableBufferPointer<UInt8>
  ) {
    var random = Philox(seed: seed, stream: firstStream + UInt64(picture)).generator()
    let styles = DigitGlyph.styles[picture % 10]
    let glyph = styles[Int(random.uniform(below: UInt32(styles.count)))]
    let hand = DigitHand(&random)
    canvas.clear()
    for chain in hand.write(glyph, &random) { canvas.add(chain, reach: hand.radius + 0.5) }
    for index in bytes.indices {
      let ink = hand.ink * canvas.coverage(radius: hand.radius, at: index)
      // Clamping at 0 leaves half of the background pixels black.
      let value = ink + (random.uniform() - 0.5) * Self.noise
      bytes[index] = UInt8(min(max(value, 0), 255))
    }
  }
}
