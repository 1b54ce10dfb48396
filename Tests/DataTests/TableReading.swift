import Lamina

@testable import LaminaData

/// Reads tables as the program does, one part at a time, from files in a temporary folder.
struct TableReading {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The examples of a file with this content.
  func part(
    _ text: String, _ options: DataOptions = DataOptions(), schema: DataSchema? = nil,
    name: String = "table.csv"
  ) throws -> ExamplePart {
    try part(Array(text.utf8), options, schema: schema, name: name)
  }

  /// The examples of a file with these bytes.
  func part(
    _ bytes: [UInt8], _ options: DataOptions = DataOptions(), schema: DataSchema? = nil,
    name: String = "table.csv"
  ) throws -> ExamplePart {
    let path = try folder.write(bytes, to: name)
    return try PartReader(options: options, schema: schema, isFitted: schema != nil)
      .examples(path: path)
  }

  /// The message of the reader about a file that it refuses; empty if it reads the file.
  func problem(
    _ text: String, _ options: DataOptions = DataOptions(), schema: DataSchema? = nil,
    name: String = "table.csv"
  ) -> String {
    problem(Array(text.utf8), options, schema: schema, name: name)
  }

  /// The message of the reader about a file with these bytes; empty if it reads the file.
  func problem(
    _ bytes: [UInt8], _ options: DataOptions = DataOptions(), schema: DataSchema? = nil,
    name: String = "table.csv"
  ) -> String {
    do { _ = try part(bytes, options, schema: schema, name: name) } catch { return "\(error)" }
    return ""
  }
}

extension ExamplePart {
  /// The inputs of a text table, which are doubles.
  var numbers: [Double] { if case .doubles(let numbers) = inputs { numbers } else { [] } }

  /// The texts of a target column.
  func texts(_ column: Int = 0) -> [String] {
    (0..<targets[column].count).map { targets[column].text($0) }
  }

  /// The decision about a subject.
  func decision(_ subject: String) -> String? {
    decisions.first { $0.subject == subject }?.description
  }

  /// The schema for further data after this part.
  func schema(task: DataTask = .classification) -> DataSchema {
    DataSchema(
      columns: columns, isNamed: isNamed, targets: targets.map(\.name), task: task, outputs: [],
      digest: "")
  }
}
