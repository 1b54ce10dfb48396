public import Lamina

/// A problem with a picture.
public enum PictureProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of pictures of one size, and the first of them.
  public struct SizeCount: Sendable, Equatable {
    /// The size.
    public let size: ImageSize
    /// The number of pictures of this size.
    public var count: Int
    /// The file of the first of them, relative to the folder.
    public let first: String
  }

  /// The file is neither PNG, JPEG nor BMP; the value describes its kind if it is known.
  case otherKind(String?)
  /// The file is damaged.
  case damaged(reason: String)
  /// The picture uses an unsupported feature of its format.
  case notRead(what: String)
  /// The picture has no pixels or too many; `limit` is for height times width.
  case pixels(width: Int, height: Int, limit: Int)
  /// The picture has pixels that are not opaque.
  case transparent
  /// The pictures of a folder differ in size; the most frequent size comes first.
  case sizesDiffer([SizeCount])

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .otherKind(let kind):
      "this is \(kind ?? "not a known kind of picture"); PNG, JPEG and BMP are supported"
    case .damaged(let reason): "the picture is damaged: \(reason); copy it again"
    case .notRead(let what): "the picture \(what), which is not supported; save it as PNG"
    case .pixels(let width, let height, let limit):
      "the picture has \(width) x \(height) pixels; from 1 to \(limit) in total are supported"
    case .transparent:
      "the picture has transparent pixels, which have no grey value; save it without transparency"
    case .sizesDiffer(let sizes):
      "the \(sizes.reduce(0) { $0 + $1.count }) pictures have \(sizes.count) sizes: "
        + listed(sizes.map(\.description))
        + (sizes.first.map { "; lamina train --resize \($0.resizeText) makes them equal" } ?? "")
    }
  }
}

extension PictureProblem.SizeCount {
  fileprivate var resizeText: String { "\(size.height)x\(size.width)" }

  fileprivate var description: String {
    "\(count) of \(size.height) x \(size.width) pixels (\(shortened(first)))"
  }
}
