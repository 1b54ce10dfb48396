public import Lamina

/// What keeps a folder from being a data set.
public enum FolderProblem: Sendable, Equatable, CustomStringConvertible {
  /// The folder has no entries.
  case empty
  /// None of the names that were looked for is there.
  case missing(lookedFor: [String])
  /// Several files could be the one that is needed.
  case ambiguous(found: [String])
  /// The images of a set and its labels are not equally many.
  case countsDiffer(imageFile: String, images: Int, labelFile: String, labels: Int)
  /// A set has no images, or images without pixels.
  case noPixels(file: String, count: Int, size: ImageSize)
  /// The images to train and to test with have different sizes.
  case sizesDiffer(train: ImageSize, test: ImageSize)
  /// A test label is beyond the classes of the training labels.
  case label(file: String, index: Int, label: Int, classes: Int)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .empty:
      "the folder is empty; it should hold the four IDX files of a data set, such as MNIST's"
    case .missing(let names):
      "no file is named \(names.joined(separator: " or ")), and one of these is needed"
    case .ambiguous(let found):
      "\(found.joined(separator: " and ")) could both serve; keep only one of them in the folder"
    case .countsDiffer(let imageFile, let images, let labelFile, let labels):
      "\(imageFile) has \(images) images and \(labelFile) has \(labels) labels, "
        + "and these should be equally many"
    case .noPixels(let file, let count, let size):
      "\(file) has \(count) images of \(size.height) x \(size.width) pixels, "
        + "and at least one image with one pixel is needed"
    case .sizesDiffer(let train, let test):
      "the training images are \(train.height) x \(train.width) pixels and the test images "
        + "\(test.height) x \(test.width), and these should be the same"
    case .label(let file, let index, let label, let classes):
      "\(file) has label \(label) at index \(index), and the training labels know only "
        + "0 to \(classes - 1) (\(classes) classes)"
    }
  }
}
