/// A network, an optimiser or a set of options that makes no sense; prints as one sentence.
public enum NetworkError: Error, Sendable, Equatable, CustomStringConvertible {
  /// `what` has a `value` that is not `wanted`.
  case invalid(_ what: String, value: String, wanted: String)
  /// Two parts that do not belong together.
  case mismatch(String)

  /// The sentence.
  public var description: String {
    switch self {
    case .invalid(let what, let value, let wanted): "\(what) is \(value); it must be \(wanted)"
    case .mismatch(let sentence): sentence
    }
  }
}

/// Throws ``NetworkError/invalid(_:value:wanted:)`` unless a condition holds.
///
/// - Parameters:
///   - what: The thing that has the value, as the subject of the sentence.
///   - wanted: A description of valid values.
func require(
  _ isRight: Bool, _ what: @autoclosure () -> String, is value: @autoclosure () -> Any,
  wanted: @autoclosure () -> String
) throws(NetworkError) {
  guard isRight else { throw .invalid(what(), value: "\(value())", wanted: wanted()) }
}
