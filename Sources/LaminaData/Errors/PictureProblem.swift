public import Lamina

/// What is wrong with a picture.
public enum PictureProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// How many pictures have a size, and the first of them.
  public struct SizeCount: Sendable, Equatable {
    /// The size.
    public let size: ImageSize
    /// How many pictures have it.
    public var count: Int
    /// The file of the first of them, below the folder.
    public let first: String

    /// A size with its pictures.
    public init(size: ImageSize, count: Int, first: String) {
      self.size = size
      self.count = count
      self.first = first
    }
  }

  /// The file is neither PNG, JPEG nor BMP; `kind` says what it is where that is known.
  case otherKind(String?)
  /// The file is not what its start says.
  case damaged(reason: String)
  /// The picture uses a part of the format that is not read.
  case notRead(what: String)
  /// The picture has no pixels or too many.
  case pixels(width: Int, height: Int, limit: Int)
  /// The picture has pixels that are not opaque.
  case transparent
  /// The pictures of a folder have these sizes, the most frequent first.
  case sizesDiffer([SizeCount])

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .otherKind(let kind):
      "this is \(kind ?? "no picture that is known"), and PNG, JPEG and BMP pictures are read"
    case .damaged(let reason): "the picture is damaged: \(reason); copy it again"
    case .notRead(let what): "the picture \(what), which is not read; save it as PNG"
    case .pixels(let width, let height, let limit):
      "the picture has \(width) x \(height) pixels, and from 1 to \(limit) in all are read"
    case .transparent:
      "the picture has transparent pixels, whose grey nobody knows; save it without transparency"
    case .sizesDiffer(let sizes):
      "the \(sizes.reduce(0) { $0 + $1.count }) pictures have \(sizes.count) sizes: "
        + listed(sizes.map(\.description))
        + (sizes.first.map { "; lamina train --resize \($0.resizeText) makes them one" } ?? "")
    }
  }
}

extension PictureProblem.SizeCount {
  fileprivate var resizeText: String { "\(size.height)x\(size.width)" }

  fileprivate var description: String {
    "\(count) of \(size.height) x \(size.width) pixels (\(shortened(first)))"
  }
}
