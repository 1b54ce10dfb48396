/// A decision about a data set that no option made, or a note on what was left out.
///
/// Every run prints its decisions, and logs and models store them, so that a wrong guess can be
/// seen and corrected.
public struct DataDecision: Sendable, Hashable, Codable {
  /// The subject, such as `task`, `decimal` or `skipped-files`; all decisions of a kind have the
  /// same.
  public let subject: String
  /// The finding and its consequence, in one line without a full stop, such as
  /// `target 'price': 214 different whole numbers in 442 rows -> regression`.
  public let text: String
  /// The way to change the decision, such as `--task classification overrides this`; nil if there
  /// is none.
  public var remedy: String?
  /// The column that it is about, if there may be one such decision per column; nil otherwise.
  public var column: String?

  /// The whole line: the text, and the remedy after a semicolon.
  public var description: String { remedy.map { "\(text); \($0)" } ?? text }
}

extension DataDecision {
  /// The note on examples that are predicted without a target to compare with.
  public static let noTargets = DataDecision(
    subject: "targets", text: "there are no targets: the prediction is not compared with the truth")
}

extension [DataDecision] {
  /// Adds a decision.
  mutating func note(_ subject: String, _ text: String, remedy: String? = nil) {
    append(DataDecision(subject: subject, text: text, remedy: remedy))
  }
}
