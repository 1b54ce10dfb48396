import FoundationEssentials

/// A line of a file that may be JSON.
struct Line {
  let bytes: Data

  /// The line as a value; names in it have underscores.
  func decoded<Value: Decodable>(as type: Value.Type = Value.self) -> Value? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(Value.self, from: bytes)
  }
}
