import Lamina

/// A picture drawn with characters.
struct ImageText {
  /// From dark to light; two characters a pixel make it about square.
  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]
  private static let ascii: [Character] = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]

  private let ramp: [Character]
  private let width: Int

  /// A drawing for `terminal`: shades where it shows them, plain ASCII elsewhere.
  init(for terminal: Terminal) {
    ramp = terminal.showsUnicode ? Self.shades : Self.ascii
    width = terminal.width
  }

  /// The picture, a line for each row of pixels; coarser where the terminal is too narrow.
  func draw(_ pixels: [Float], size: ImageSize) -> String {
    let step = max(1, (size.width * 2 + width - 1) / max(2, width))
    let (low, high) = (pixels.min() ?? 0, pixels.max() ?? 0)
    let range = high > low ? high - low : 1
    return stride(from: 0, to: size.height, by: step).map { top in
      let line = stride(from: 0, to: size.width, by: step).map { left in
        let light = (mean(pixels, size, top: top, left: left, step: step) - low) / range
        // What a network made of an image may be no number.
        let place = light.isFinite ? Int((light * Float(ramp.count)).clamped(to: ramp.count)) : 0
        let shade = ramp[min(ramp.count - 1, place)]
        return String([shade, shade])
      }
      return line.joined() + "\n"
    }.joined()
  }

  private func mean(
    _ pixels: [Float], _ size: ImageSize, top: Int, left: Int, step: Int
  ) -> Float {
    var sum: Float = 0
    var count: Float = 0
    for row in top..<min(top + step, size.height) {
      for column in left..<min(left + step, size.width) {
        sum += pixels[row * size.width + column]
        count += 1
      }
    }
    return sum / count
  }
}

extension Float {
  fileprivate func clamped(to count: Int) -> Float { Swift.min(Swift.max(0, self), Float(count)) }
}
