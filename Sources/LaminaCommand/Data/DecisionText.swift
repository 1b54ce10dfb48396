import LaminaData
import LaminaText

extension [DataDecision] {
  /// A line per decision, as runs print them; empty if there are none.
  var text: String { map { "\($0.description)\n" }.joined() }

  /// The decisions in logs.
  var json: JSON {
    .array(
      map { decision in
        JSON(["subject": decision.subject, "text": decision.text, "remedy": decision.remedy])
      })
  }
}
