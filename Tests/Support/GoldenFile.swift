import Foundation

/// Reference numbers of other libraries: files in `Tests/Golden`, next to the scripts that write
/// them.
package enum GoldenFile {
  /// Reads `Tests/Golden/<name>.json`.
  package static func decode<Content: Decodable>(
    _ type: Content.Type = Content.self, _ name: String
  ) throws -> Content {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Golden/\(name).json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: data)
  }
}
