import Lamina

/// Draws a picture with characters.
struct ImageText {
  /// From dark to light. Two characters per pixel make a pixel about square.
  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]
  private static let ascii: [Character] = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]

  private let ramp: [Character]
  private let width: Int

  /// Draws for `terminal`: with shades if it shows them, otherwise with plain ASCII.
  init(for terminal: Terminal) {
    ramp = terminal.showsUnicode ? Self.shades : Self.ascii
    width = terminal.width
  }

  /// Draws one line per row of pixels, or a coarser picture if the terminal is too narrow.
  func draw(_ pixels: [Float], size: ImageSize) -> String {
    let step = max(1, (size.width * 2 + width - 1) / max(2, width))
    let (low, high) = (pixels.min() ?? 0, pixels.max() ?? 0)
    let range = high > low ? high - low : 1
    return stride(from: 0, to: size.height, by: step).map { top in
      let line = stride(from: 0, to: size.width, by: step).map { left in
        let light = (mean(pixels, size, top: top, left: left, step: step) - low) / range
        // A network's reconstruction may contain NaN.
        let place = light.isFinite ? Int((light * Float(ramp.count)).clamped(to: ramp.count)) : 0
        let shade = ramp[min(ramp.count - 1, place)]
        return String([shade, shade])
      }
      return line.joined() + "\n"
    }.joined()
  }

  private func mean(_ pixels: [Float], _ size: ImageSize, top: Int, left: Int, step: Int) -> Float {
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
