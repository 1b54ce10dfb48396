import Foundation
import Testing

@testable import LaminaJobs

@Suite("Schema of the results") struct SchemaTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../docs/results.schema.json").standardizedFileURL.path

  private static let records = [
    Record.example(),
    JobCase(sizes: [4, 2], batchSize: 1, data: "digits", device: "cpu").record(failed: "burnt"),
  ]

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("Records have the schema's keys and no others, at all levels", arguments: records)
  func keys(record: Record) throws {
    let schema = try object(String(contentsOfFile: Self.path, encoding: .utf8))
    try compare(object(record.line), with: schema, at: "record")
  }

  private func compare(
    _ value: [String: Any], with schema: [String: Any], at place: String
  ) throws {
    guard let properties = schema["properties"] as? [String: [String: Any]] else { return }
    #expect(value.keys.sorted() == properties.keys.sorted(), "\(place)")
    #expect((schema["required"] as? [String])?.sorted() == properties.keys.sorted())
    for (key, inner) in properties {
      if let object = value[key] as? [String: Any] {
        try compare(object, with: inner, at: "\(place).\(key)")
      } else if value[key] is NSNull {
        let types = inner["type"] as? [String] ?? []
        #expect(types.contains("null"), "\(place).\(key)")
      }
    }
  }

  @Test("The schema has the version that the program writes")
  func version() throws {
    let schema = try object(String(contentsOfFile: Self.path, encoding: .utf8))
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(properties["schema_version"]?["const"] as? Int == Record.schemaVersion)
  }

  @Test("jsonschema accepts records, and refuses one without a key", .enabled(if: Python.isThere))
  func python() throws {
    let folder = try Folder()
    let lines = Self.records.map(\.line)
    #expect(try Python.validate(folder.write(lines.joined(separator: "\n"), to: "r"), Self.path))
    let without = lines[0].replacingOccurrences(of: "\"key\":", with: "\"kex\":")
    #expect(try !Python.validate(folder.write(without, to: "w"), Self.path))
  }
}

/// Python's `jsonschema` validator, if it is installed.
private enum Python {
  static let isThere = (try? run(["-c", "import jsonschema"])) == 0

  static func validate(_ records: String, _ schema: String) throws -> Bool {
    let program = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[2]))
      jsonschema.Draft202012Validator.check_schema(schema)
      for line in open(sys.argv[1]): jsonschema.validate(json.loads(line), schema)
      """
    return try run(["-c", program, records, schema]) == 0
  }

  private static func run(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
