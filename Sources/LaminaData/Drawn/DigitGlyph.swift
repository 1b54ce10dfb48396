/// One way to write a digit, in a box of 100 by 100 whose y axis points down.
struct DigitGlyph {
  /// The strokes, each made of pieces that join at corners.
  ///
  /// A piece lists the points of a smooth curve as x, y, x, y and so on. Each piece after the first
  /// starts at the end of the previous one and does not repeat that point.
  let strokes: [[[Float]]]

  init(_ strokes: [[Float]]...) { self.strokes = strokes }

  /// The styles of each digit from 0 to 9.
  static let styles: [[DigitGlyph]] = [
    zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines,
  ]

  private static let zeros = [
    DigitGlyph([[54, 10, 30, 20, 21, 50, 28, 80, 50, 90, 72, 79, 79, 50, 70, 20, 52, 10]]),
    DigitGlyph([[64, 18, 46, 11, 28, 32, 26, 66, 42, 89, 62, 84, 75, 56, 70, 26, 52, 10, 40, 16]]),
  ]
  private static let ones = [
    DigitGlyph([[50, 10, 50, 50, 50, 90]]),
    DigitGlyph([[32, 32, 44, 22, 54, 10], [54, 50, 54, 90]]),
    DigitGlyph([[34, 28, 46, 20, 52, 10], [52, 50, 52, 90]], [[30, 90, 52, 90, 74, 90]]),
  ]
  private static let twos = [
    DigitGlyph([[24, 30, 36, 12, 58, 10, 72, 26, 66, 46, 46, 68, 24, 90], [50, 89, 78, 89]]),
    DigitGlyph([
      [24, 28, 40, 11, 62, 12, 72, 30, 62, 54, 40, 78, 25, 87, 20, 79, 32, 74, 52, 84, 78, 88]
    ]),
    DigitGlyph([[26, 24, 46, 10, 68, 18, 70, 38, 50, 64, 24, 88], [44, 80, 60, 86, 80, 78]]),
  ]
  private static let threes = [
    DigitGlyph([
      [26, 20, 46, 10, 68, 20, 66, 38, 42, 47], [66, 53, 77, 70, 62, 87, 38, 90, 22, 80],
    ]),
    DigitGlyph([
      [26, 12, 50, 12, 72, 12], [58, 28, 46, 42], [68, 50, 76, 68, 60, 87, 38, 90, 22, 81],
    ]),
  ]
  private static let fours = [
    DigitGlyph([[36, 10, 30, 34, 24, 56], [50, 57, 80, 55]], [[64, 32, 62, 60, 60, 90]]),
    DigitGlyph([[62, 90, 63, 50, 64, 10], [42, 36, 20, 63], [50, 64, 82, 62]]),
    DigitGlyph([[30, 12, 24, 36, 34, 50, 54, 48, 68, 38]], [[70, 12, 68, 50, 64, 90]]),
  ]
  private static let fives = [
    DigitGlyph([
      [72, 12, 52, 12, 32, 12], [30, 28, 28, 46], [50, 39, 71, 50, 73, 72, 54, 89, 24, 83],
    ]),
    DigitGlyph([[74, 11, 54, 14, 38, 17, 32, 32, 46, 43, 66, 53, 73, 72, 54, 89, 26, 84]]),
    DigitGlyph(
      [[34, 14, 32, 30, 30, 45], [52, 41, 70, 54, 70, 76, 50, 90, 26, 84]],
      [[34, 13, 54, 12, 76, 10]]),
  ]
  private static let sixes = [
    DigitGlyph([[66, 11, 44, 24, 28, 50, 27, 76, 46, 90, 68, 82, 71, 62, 52, 51, 30, 64]]),
    DigitGlyph([[56, 10, 38, 38, 27, 68, 38, 89, 60, 87, 67, 70, 52, 60, 34, 70, 30, 80]]),
  ]
  private static let sevens = [
    DigitGlyph([[22, 14, 50, 14, 76, 13], [62, 40, 50, 64, 42, 90]]),
    DigitGlyph(
      [[22, 14, 50, 13, 76, 13], [60, 42, 50, 64, 44, 90]], [[34, 52, 50, 51, 70, 49]]),
    DigitGlyph([[23, 27, 25, 13], [50, 14, 76, 12], [68, 34, 54, 58, 50, 90]]),
  ]
  private static let eights = [
    DigitGlyph([
      [
        67, 22, 48, 10, 31, 22, 40, 40, 60, 54, 72, 73, 52, 90, 28, 76, 40, 56, 60, 42, 68, 24, 58,
        12,
      ]
    ]),
    DigitGlyph(
      [[50, 10, 33, 18, 33, 38, 50, 47, 67, 37, 67, 18, 50, 10]],
      [[50, 48, 29, 58, 27, 80, 50, 90, 73, 80, 71, 58, 50, 47]]),
  ]
  private static let nines = [
    DigitGlyph([[68, 28, 52, 11, 32, 22, 32, 42, 50, 50, 67, 30], [67, 60, 62, 90]]),
    DigitGlyph([
      [70, 32, 56, 12, 34, 18, 30, 40, 48, 48, 66, 36, 72, 26, 71, 54, 62, 80, 44, 90, 28, 82]
    ]),
    DigitGlyph([[66, 16, 42, 12, 30, 32, 44, 48, 62, 36, 68, 14], [64, 44, 56, 68, 40, 90]]),
  ]
}
