import Lamina
import LaminaText

/// Small pictures at the end of a training, for terminals that can show them.
struct TerminalPictures {
  /// More classes need more columns than terminals have.
  private static let mostClasses = 30

  let losses: [Double]
  /// Nil if there are no classes.
  let confusionMatrix: ConfusionMatrix?
  let classNames: [String]
  /// Whether to use colours.
  let isColoured: Bool

  /// Whether to use colours: not if `NO_COLOR` (no-color.org) is set or the terminal is dumb.
  static var colours: Bool { environment("NO_COLOR") == nil && environment("TERM") != "dumb" }

  var text: String {
    var text = ""
    if losses.count > 1, let first = losses.first, let last = losses.last {
      text +=
        "loss           \(Sparkline.text(losses))  \(Format.decimal(first, places: 4)) to "
        + "\(Format.decimal(last, places: 4))\n"
    }
    guard let confusionMatrix, confusionMatrix.classCount <= Self.mostClasses else { return text }
    let count = confusionMatrix.classCount
    let names = classNames.count == count ? classNames : (0..<count).map(String.init)
    return text + "true classes down, predicted ones across\n"
      + ShadedMatrix.text(Array(confusionMatrix), names: names, isColoured: isColoured)
  }
}
