/// What keeps the bytes of a file from being text. Lines and bytes of a line count from 1.
public enum TextProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// Bytes are not UTF-8.
  case notUTF8(line: Int, offset: Int, bytes: [UInt8])
  /// Bytes are not in the encoding that the options give; `offset` counts from the start of the
  /// file, from 0.
  case notInEncoding(line: Int, offset: Int, bytes: [UInt8], encoding: String)
  /// The system knows no such encoding.
  case unknownEncoding(name: String)
  /// There is a byte 0, which no text has.
  case nul(line: Int, offset: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notUTF8(let line, let offset, let bytes):
      "line \(line) is not UTF-8: byte \(offset) of it is \(Self.hexadecimal(bytes)); "
        + "--encoding latin1 or --encoding windows-1252 reads older files, or save it as UTF-8"
    case .notInEncoding(let line, let offset, let bytes, let encoding):
      "line \(line) is not in the encoding \(shortened(encoding)): byte \(offset) of the file is "
        + "\(Self.hexadecimal(bytes)); --encoding takes another one"
    case .unknownEncoding(let name):
      "the encoding \(cited(name)) is not known; utf-8, latin1, windows-1252, utf-16 and all that "
        + "iconv -l lists are"
    case .nul(let line, let offset):
      "line \(line) has a NUL byte (00) as its byte \(offset), which no text has; the file is "
        + "damaged, or in an encoding such as UTF-16, which --encoding utf-16 reads"
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
  }
}
