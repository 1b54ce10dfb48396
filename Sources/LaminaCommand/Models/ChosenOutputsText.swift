import Lamina
import LaminaText

/// What was chosen on the validation part after a training, with what it changes there.
struct ChosenOutputsText {
  /// The screen shows the thresholds of at most this many labels; the log has all.
  private static let mostLabels = 40

  private let chosen: ChosenOutputs
  private let names: [String]

  /// - Parameter names: The names of the outputs: labels or classes.
  init(_ chosen: ChosenOutputs, names: [String]) {
    (self.chosen, self.names) = (chosen, names)
  }

  /// The sentence about the temperature, and the table of the thresholds.
  var text: String {
    (chosen.calibration.map(sentence) ?? "") + (chosen.searches.isEmpty ? "" : thresholds)
  }

  private func sentence(_ calibration: Calibration) -> String {
    let (before, after) = (calibration.before, calibration.after)
    guard let temperature = calibration.temperature else {
      return "temperature stays 1: the log loss on the validation part has no minimum, because all "
        + "its examples are right or the network is no better than chance\n"
    }
    return """
      temperature \(Format.score(temperature)) minimises the log loss on the validation part: \
      \(Format.score(before.logLoss)) -> \(Format.score(after.logLoss)), expected calibration error \
      \(Format.score(before.expectedCalibrationError)) -> \
      \(Format.score(after.expectedCalibrationError))

      """
  }

  private var thresholds: String {
    let title = "thresholds that maximise F1 on the validation part\n"
    let searches = chosen.searches
    guard searches.count <= Self.mostLabels else {
      return title + "The thresholds of \(searches.count) labels are only in the log (--log).\n"
    }
    let head = ["", "threshold", "F1 at \(ThresholdSearch.usual)", "F1", "equally good"]
    let rows = zip(labels, searches).map { name, search in
      [
        name, Format.score(search.threshold), Format.score(search.usualF1), Format.score(search.f1),
        search.f1 == nil ? "no example" : "\(search.ties)",
      ]
    }
    return title + Format.table([head] + rows, numeric: [1, 2, 3, 4])
  }

  /// The names of the labels, or that of the second class.
  private var labels: ArraySlice<String> { names.suffix(chosen.searches.count) }
}
