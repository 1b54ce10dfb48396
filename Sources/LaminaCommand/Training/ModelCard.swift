import Lamina
import LaminaData
import LaminaText

/// A page about a model beside its file: data, results, settings, and how to use it.
struct ModelCard {
  /// The loss and the scores of a part.
  struct PartScores {
    let loss: Double
    let scores: [TaskReport.Score]
  }

  let run: ReportedTraining
  let outcome: TrainingOutcome
  /// The scores on the validation part with the weights that are kept; nil without such a part.
  let validation: PartScores?
  /// The options of the training as a configuration.
  let settings: String
  let model: Model
  let modelPath: String

  /// The path of the card of a model: `m.md` for `m.safetensors`.
  static func path(of model: String) -> String {
    let ending = ".safetensors"
    return (model.hasSuffix(ending) ? String(model.dropLast(ending.count)) : model) + ".md"
  }

  private var plan: TrainingPlan { run.plan }
  /// The name of the file, which stands beside the card.
  private var name: String { modelPath.split(separator: "/").last.map(String.init) ?? modelPath }

  /// The page in Markdown.
  var text: String {
    """
    # \(Self.plain(name))

    \(Self.plain(plan.network.text)), \(plan.network.parameterCount) parameters, trained by Lamina \
    \(LaminaVersion.text) on \(Self.plain(plan.dataName)).

    ## Data

    \(Self.table(dataRows))
    \(decisions)## Results

    \(Self.table(resultRows))
    ## Settings

    `lamina train` repeats the training with this configuration:

    ```yaml
    \(settings)```

    ## Use

    ```sh
    lamina evaluate --model \(Self.quoted(name)) --data DATA
    lamina predict --model \(Self.quoted(name)) --data NEW_DATA --output predictions.csv
    ```

    In PyTorch, `predict` takes rows of \(model.description.inputs) inputs as the data have them:

    ```python
    \(PyTorchCode(model, path: name).text)```

    """
  }

  private var dataRows: [(String, String)] {
    let (data, train) = (plan.data, plan.data.train)
    let inputs = model.schema?.columns.map(\.name) ?? []
    let validation = data.validation.map { ", \($0.count) to validate" } ?? ""
    var rows = [
      ("Data", plan.dataName), ("Task", model.task.text),
      ("Examples", "\(train.count) to train\(validation), \(data.test.count) to test"),
      ("Inputs", Self.list(inputs, count: train.features)),
    ]
    if let size = model.imageSize { rows.append(("Pictures", "\(size.height) x \(size.width)")) }
    if model.task != .autoEncoding {
      rows.append((model.task.outputsName, Self.list(model.classNames, count: train.outputs)))
    }
    if model.task == .multiLabel {
      rows.append(("Thresholds", model.thresholds.map { "\($0)" }.joined(separator: ", ")))
    }
    if let digest = model.schema?.digest {
      rows.append(("Number and CRC-32 of the rows, before parts are split off", digest))
    }
    return rows
  }

  private var decisions: String {
    let lines = plan.decisions.map { "- \(Self.plain($0.description))\n" }.joined()
    return lines.isEmpty ? "" : "What Lamina decided about them:\n\n\(lines)\n"
  }

  private var resultRows: [(String, String)] {
    func rows(_ part: String, _ scores: PartScores) -> [(String, String)] {
      [("Loss, \(part) part", Format.decimal(scores.loss, places: 4))]
        + scores.scores.map { ("\($0.name), \(part) part", ReportText.share($0.value)) }
    }
    let test = outcome.test
    let kept = outcome.bestEpoch.map { ", of which the weights are from epoch \($0)" } ?? ""
    let ending = outcome.ending == .stopped ? ", then interrupted" : ""
    return rows("test", PartScores(loss: test.loss, scores: test.report.scores))
      + (validation.map { rows("validation", $0) } ?? []) + [
        ("Loss, training part", Format.decimal(outcome.trainLoss, places: 4)),
        ("Training", "\(outcome.epochs) epochs, \(outcome.steps) steps\(kept)\(ending)"),
        ("Device", run.session.device.name),
        ("Precision", run.productError.sentence),
      ]
  }

  private static func list(_ names: [String], count: Int) -> String {
    let most = 20
    guard names.count == count || !names.isEmpty else { return "\(count)" }
    let rest = names.count > most ? " and \(names.count - most) more" : ""
    return "\(count): \(names.prefix(most).joined(separator: ", "))\(rest)"
  }

  private static func table(_ rows: [(String, String)]) -> String {
    "| | |\n|---|---|\n"
      + rows.map { name, value in
        "| \(plain(name.prefix(1).uppercased() + name.dropFirst())) | \(plain(value)) |\n"
      }.joined()
  }

  /// A text that Markdown shows as it is.
  private static func plain(_ text: String) -> String {
    text.reduce(into: "") { plain, character in
      if "\\`*_[]<>|#".contains(character) { plain += "\\" }
      plain.append(character.isNewline ? " " : character)
    }
  }

  /// A text as one word of a shell.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))
    }
    return isPlain
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
