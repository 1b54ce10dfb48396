/// The reason why JSON could not be decoded, as a clause for a message.
package func decodingReason(_ error: any Error) -> String {
  switch error {
  case DecodingError.keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
  case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
    "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is of the wrong type"
  case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
    "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" has an " + "unknown value"
  default: "it is not JSON"
  }
}
