import Foundation

/// What a check tells while it runs.
package enum CheckEvent: Sendable, Codable {
  /// A line was begun: its place, and how many there are.
  case began(number: Int, count: Int, name: String)
  /// A case is going to be computed.
  case trying(name: String)
  /// A line has ended.
  case ended(line: CheckLine, trust: CheckTrust, warnings: [String])
}

extension CheckEvent {
  /// The event as a line of text, for another process.
  package var text: String {
    get throws { String(decoding: try Self.encoder.encode(self), as: UTF8.self) }
  }

  /// Reads a ``text``; nil for any other.
  package init?(text: some StringProtocol) {
    guard let event = try? Self.decoder.decode(CheckEvent.self, from: Data(text.utf8)) else {
      return nil
    }
    self = event
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}

extension CheckTrust {
  /// As an argument of another process.
  package var text: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  /// Reads a ``text``; nil for any other.
  package init?(text: String) {
    guard let trust = try? JSONDecoder().decode(CheckTrust.self, from: Data(text.utf8)) else {
      return nil
    }
    self = trust
  }
}
