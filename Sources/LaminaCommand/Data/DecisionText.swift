import LaminaData
import LaminaText

extension [DataDecision] {
  /// A line for each, as runs print them; empty where there are none.
  var text: String { map { "\($0.description)\n" }.joined() }

  /// What logs hold of them.
  var json: JSON {
    .array(
      map { decision in
        .object([
          "subject": .string(decision.subject), "text": .string(decision.text),
          "remedy": .optional(decision.remedy),
        ])
      })
  }
}
