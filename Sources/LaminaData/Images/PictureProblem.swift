public import Lamina

/// What is wrong with a picture.
public enum PictureProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file is neither PNG nor BMP; `kind` says what it is where that is known.
  case otherKind(String?)
  /// The file is not what its start says.
  case damaged(reason: String)
  /// The picture uses a part of the format that is not read.
  case notRead(what: String)
  /// The picture has no pixels or too many.
  case pixels(width: Int, height: Int, limit: Int)
  /// The picture has pixels that are not opaque.
  case transparent
  /// The picture has another size than the first one.
  case sizeDiffers(found: ImageSize, first: ImageSize, firstFile: String)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .otherKind(let kind):
      "this is \(kind ?? "neither a PNG nor a BMP picture"), and only PNG and BMP pictures are read"
    case .damaged(let reason): "the picture is damaged: \(reason); copy it again"
    case .notRead(let what): "the picture \(what), which is not read; save it as PNG"
    case .pixels(let width, let height, let limit):
      "the picture has \(width) x \(height) pixels, and from 1 to \(limit) in all are read"
    case .transparent:
      "the picture has transparent pixels, whose grey nobody knows; save it without transparency"
    case .sizeDiffers(let found, let first, let firstFile):
      "the picture is \(found.height) x \(found.width) pixels and \(firstFile) "
        + "\(first.height) x \(first.width), and all should have the same size"
    }
  }
}
