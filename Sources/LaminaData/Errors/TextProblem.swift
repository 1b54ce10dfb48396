/// A problem with the text of a file. Lines, and bytes within a line, are counted from 1.
public enum TextProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// Some bytes are not UTF-8.
  case notUTF8(line: Int, offset: Int, bytes: [UInt8])
  /// Some bytes are not valid in the encoding given by the options; `offset` counts from 0 at the
  /// start of the file.
  case notInEncoding(line: Int, offset: Int, bytes: [UInt8], encoding: String)
  /// The system does not know the encoding.
  case unknownEncoding(name: String)
  /// The text contains a NUL byte.
  case nul(line: Int, offset: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .notUTF8(let line, let offset, let bytes):
      "line \(line) is not UTF-8: its byte \(offset) is \(Self.hexadecimal(bytes)); "
        + "--encoding latin1 or --encoding windows-1252 reads older files, or save it as UTF-8"
    case .notInEncoding(let line, let offset, let bytes, let encoding):
      "line \(line) is not in the encoding \(shortened(encoding)): byte \(offset) of the file is "
        + "\(Self.hexadecimal(bytes)); --encoding chooses another one"
    case .unknownEncoding(let name):
      "the encoding \(cited(name)) is unknown; known are utf-8, latin1, windows-1252, utf-16 and "
        + "all that iconv -l lists"
    case .nul(let line, let offset):
      "line \(line) has a NUL byte (00) as its byte \(offset), which text cannot contain; the file "
        + "is damaged, or in an encoding such as UTF-16, which --encoding utf-16 reads"
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
  }
}
