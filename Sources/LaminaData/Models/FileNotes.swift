import FoundationEssentials
package import Lamina

/// Notes in the metadata of a model's file, as JSON. Their version determines the rest.
package protocol FileNotes: Codable {
  static var newestVersion: Int { get }
}

/// Notes of a version that this program does not know.
package struct NewerNotes: Error {
  package let version: Int
}

private struct Form: Codable { let version: Int }

extension FileNotes {
  /// Reads notes, their version first.
  package static func read(_ text: String) throws -> Self {
    let version = try JSONDecoder().decode(Form.self, from: Data(text.utf8)).version
    guard version <= newestVersion else { throw NewerNotes(version: version) }
    return try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }

  /// The notes as JSON. The same notes always give the same text.
  package var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Only infinite numbers and NaN could fail here, and validated models have none.
    let data = try? encoder.encode(self)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}

extension ImageSize {
  /// Whether a picture of this size has `count` pixels.
  package func has(pixels count: Int) -> Bool {
    let (pixels, overflow) = height.multipliedReportingOverflow(by: width)
    return height > 0 && width > 0 && !overflow && pixels == count
  }
}
