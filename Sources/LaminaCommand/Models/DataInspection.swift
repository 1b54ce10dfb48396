import Lamina
import LaminaData
import LaminaText

/// What `lamina inspect --data` shows.
struct DataInspection {
  /// The most classes or targets that are shown.
  private static let mostShown = 40

  let path: String
  let data: LoadedData

  private var parts: [(name: String, part: Dataset)] {
    [("train", data.split.train)] + (data.split.validation.map { [("validation", $0)] } ?? [])
      + [("test", data.split.test)]
  }

  var text: String {
    let train = data.split.train
    let counts = parts.map { "\($0.part.count) to \($0.name)" }.joined(separator: ", ")
    let inputs =
      train.imageSize.map { "pictures of \($0.height) x \($0.width) pixels" }
      ?? (data.columns.isEmpty
        ? "\(train.features) inputs"
        : "\(data.columns.count) columns, which become \(train.features) inputs")
    return "\(path): \(counts)\n\(inputs), for \(data.schema.task.rawValue)\n"
      + data.decisions.text + "\n" + columns + targets
  }

  private var columns: String {
    data.columns.isEmpty ? "" : ColumnTable(columns: data.columns).text + "\n"
  }

  /// The classes with their examples, or the range of each target.
  private var targets: String {
    let names = data.schema.outputs
    let rows: [[String]]
    let head: [String]
    switch data.split.train.targets {
    case .inputs: return "the targets are the inputs\n"
    case .values:
      head = ["target", "least", "largest", "mean"]
      rows = names.indices.map { output in
        let range = range(output)
        return [shortened(names[output])]
          + [
            Format.words(range.least), Format.words(range.largest), Format.threeDigits(range.mean),
          ]
      }
    case .classes, .labels:
      head = [data.schema.task == .classification ? "class" : "label"] + parts.map(\.name)
      let counts = parts.map { Self.counts($0.part, names.count) }
      rows = names.indices.map { output in
        [shortened(names[output])] + counts.map { "\($0[output])" }
      }
    }
    let more = rows.count - Self.mostShown
    return Format.table([head] + rows.prefix(Self.mostShown), numeric: Set(1..<head.count))
      + (more > 0 ? "and \(more) more\n" : "")
  }

  /// The examples of each class or label in a part.
  private static func counts(_ part: Dataset, _ outputs: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: outputs)
    switch part.targets {
    case .classes(let classes, _): for number in classes { counts[Int(number)] += 1 }
    case .labels(let labels, _):
      for index in labels.indices where labels[index] == 1 { counts[index % outputs] += 1 }
    case .values, .inputs: break
    }
    return counts
  }

  /// The least, the largest and the mean value of a target in the training part.
  private func range(_ output: Int) -> (least: Double, largest: Double, mean: Double) {
    guard case .values(let values, let names) = data.split.train.targets else { return (0, 0, 0) }
    let own = stride(from: output, to: values.count, by: names.count).map { values[$0] }
    return (
      own.min() ?? .nan, own.max() ?? .nan, own.reduce(0, +) / Double(own.count)
    )
  }

  /// The same as an object.
  var json: JSON {
    let counts = parts.map { (name: $0.name, value: JSON.integer($0.part.count)) }
    return JSON(["data": path, "task": data.schema.task.rawValue])
      + .object([
        "examples": .object(counts), "inputs": .integer(data.split.train.features),
        "decisions": data.decisions.json, "columns": .array(data.columns.map(\.json)),
        "outputs": .array(outputs),
      ])
  }

  private var outputs: [JSON] {
    data.schema.outputs.enumerated().map { output, name in
      if case .values = data.split.train.targets {
        let range = range(output)
        return JSON([
          "name": name, "least": range.least, "largest": range.largest, "mean": range.mean,
        ])
      }
      let counts = parts.map { part in
        (
          name: part.name,
          value: JSON.integer(Self.counts(part.part, data.schema.outputs.count)[output])
        )
      }
      return JSON(["name": name]) + .object(["examples": .object(counts)])
    }
  }
}

extension ColumnSummary {
  /// The column in JSON.
  fileprivate var json: JSON {
    column.json
      + JSON([
        "rows": rows, "missing": missing, "least": range?.least, "largest": range?.largest,
        "mean": range?.mean,
      ])
      + .object(["counts": counts.isEmpty ? .null : .array(counts.map { .integer($0) })])
  }
}

extension DataSchema.Column {
  /// The column in JSON, without what only data tell.
  var json: JSON {
    var values = JSON.null
    if case .categories(let categories) = content {
      values = .array(categories.values.map { .string($0) })
    }
    return JSON(["name": name, "kind": content.name]) + .object(["values": values])
      + JSON(["filling": filling.map { text(ofCell: $0.value) }, "becomes": becomes])
  }
}
