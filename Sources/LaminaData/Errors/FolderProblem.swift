/// A problem with the folder of a data set.
public enum FolderProblem: Sendable, Equatable, CustomStringConvertible {
  /// The folder has no entries.
  case empty
  /// None of the expected names exists; `found` lists the names that do.
  case missing(lookedFor: [String], found: [String])
  /// The folder contains files of several data sets.
  case severalSets([String])
  /// Several files could be the required one.
  case ambiguous(found: [String])
  /// The numbers of images and labels differ.
  case countsDiffer(imageFile: String, images: Int, labelFile: String, labels: Int)
  /// There are no images, or they have no pixels.
  case noPixels(file: String, dimensions: [Int])
  /// There are several labels per image, and it is unknown which one is the class.
  case labelColumns(file: String, dimensions: [Int])

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .empty:
      "the folder is empty; it must contain the four IDX files of a data set, such as MNIST's"
    case .missing(let names, let found):
      "no file is named \(names.joined(separator: " or ")), with or without .gz; "
        + "there are \(listed(found))"
    case .severalSets(let sets):
      "the folder contains files of \(sets.count) data sets (\(Self.names(of: sets))); "
        + "put the files of each set into a separate folder"
    case .ambiguous(let found):
      "\(found.joined(separator: " and ")) are both candidates; keep only one of them in the folder"
    case .countsDiffer(let imageFile, let images, let labelFile, let labels):
      "\(imageFile) has \(images) images, but \(labelFile) has \(labels) labels; "
        + "the numbers must be equal"
    case .noPixels(let file, let dimensions):
      "\(file) has the dimensions \(Self.text(dimensions)), but at least one image with one pixel "
        + "is needed"
    case .labelColumns(let file, let dimensions):
      "\(file) has the dimensions \(Self.text(dimensions)), but one label per image is needed"
    }
  }

  private static func names(of sets: [String]) -> String {
    listed(sets.map { $0.isEmpty ? "one without a name" : $0 })
  }

  private static func text(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: " x ")
  }
}
