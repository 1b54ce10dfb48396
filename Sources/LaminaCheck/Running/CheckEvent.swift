import Foundation

/// An event of a running check.
package enum CheckEvent: Sendable, Codable {
  /// A line has begun. The event has its index and the number of lines.
  case began(number: Int, count: Int, name: String)
  /// A case is about to be computed.
  case trying(name: String)
  /// A line has ended.
  case ended(line: CheckLine, trust: CheckTrust, warnings: [String])
}

extension CheckEvent {
  /// The event as a line of text for another process.
  package var text: String {
    get throws { String(decoding: try Self.encoder.encode(self), as: UTF8.self) }
  }

  /// Reads a ``text``; nil if it is not an event.
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
  /// The trust as an argument for another process.
  package var text: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  /// Reads a ``text``; nil if it is anything else.
  package init?(text: String) {
    guard let trust = try? JSONDecoder().decode(CheckTrust.self, from: Data(text.utf8)) else {
      return nil
    }
    self = trust
  }
}
