import FoundationEssentials

/// A line of a file that may be JSON.
struct Line {
  let bytes: Data

  /// Decodes the line, whose keys are in snake case; nil if that fails.
  func decoded<Value: Decodable>(as type: Value.Type = Value.self) -> Value? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(Value.self, from: bytes)
  }
}
