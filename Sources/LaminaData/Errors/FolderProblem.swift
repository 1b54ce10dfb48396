/// What keeps a folder from being a data set.
public enum FolderProblem: Sendable, Equatable, CustomStringConvertible {
  /// The folder has no entries.
  case empty
  /// None of the names that were looked for is there; `found` has those that are.
  case missing(lookedFor: [String], found: [String])
  /// The folder has the files of several data sets.
  case severalSets([String])
  /// Several files could be the one that is needed.
  case ambiguous(found: [String])
  /// The images of a set and its labels are not equally many.
  case countsDiffer(imageFile: String, images: Int, labelFile: String, labels: Int)
  /// A set has no images, or images without pixels.
  case noPixels(file: String, dimensions: [Int])
  /// There are several labels for each image, and nothing says which one is the class.
  case labelColumns(file: String, dimensions: [Int])

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .empty:
      "the folder is empty; it should hold the four IDX files of a data set, such as MNIST's"
    case .missing(let names, let found):
      "no file is named \(names.joined(separator: " or ")) or that with .gz, and it is needed; "
        + "there are \(listed(found))"
    case .severalSets(let sets):
      "the folder has the files of \(sets.count) data sets (\(Self.names(of: sets))); "
        + "put those of one into a folder of their own"
    case .ambiguous(let found):
      "\(found.joined(separator: " and ")) could both serve; keep only one of them in the folder"
    case .countsDiffer(let imageFile, let images, let labelFile, let labels):
      "\(imageFile) has \(images) images and \(labelFile) has \(labels) labels, "
        + "and these should be equally many"
    case .noPixels(let file, let dimensions):
      "\(file) has the dimensions \(Self.text(dimensions)), and at least one image with one pixel "
        + "is needed"
    case .labelColumns(let file, let dimensions):
      "\(file) has the dimensions \(Self.text(dimensions)), and one label for each image is needed"
    }
  }

  private static func names(of sets: [String]) -> String {
    listed(sets.map { $0.isEmpty ? "one without a name" : $0 })
  }

  private static func text(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: " x ")
  }
}
