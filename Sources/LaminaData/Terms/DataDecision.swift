/// What a reader decided about a data set that nobody had told it, or what it left out.
///
/// Every run prints its decisions, and logs and models keep them: a guess that nobody sees is one
/// that nobody can correct.
public struct DataDecision: Sendable, Hashable, Codable {
  /// What the decision is about, such as `task`, `decimal` or `skipped-files`; the same word for the
  /// same kind of decision.
  public let subject: String
  /// What was found and what becomes of it, in one line without a full stop, such as
  /// `target 'price': 214 different whole numbers in 442 rows -> regression`.
  public let text: String
  /// How to say otherwise, such as `--task classification says otherwise`; nil where nothing does.
  public let remedy: String?

  /// A decision; the texts are as the properties say.
  public init(_ subject: String, _ text: String, remedy: String? = nil) {
    self.subject = subject
    self.text = text
    self.remedy = remedy
  }

  /// The whole line: the text, and the remedy behind a semicolon.
  public var description: String { remedy.map { "\(text); \($0)" } ?? text }
}
