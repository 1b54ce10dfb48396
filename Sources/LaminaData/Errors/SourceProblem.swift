public import Lamina

/// What keeps a path from leading to a data set, or the options from fitting it.
public enum SourceProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder holds nothing that makes a data set.
  case noData
  /// The file belongs into a folder, whose path should be given.
  case partOfFolder(kind: String)
  /// The folder holds pictures and no folders, so that nothing says their classes.
  case loosePictures(count: Int, first: String)
  /// The IDX files are in a folder below.
  case idxBelow(folder: String)
  /// Several files could be the training part, or the test part.
  case ambiguous(found: [String])
  /// A file stands among the folders of the classes; `kind` says what it is where that is known.
  case strayFile(String, kind: String?)
  /// A folder stands among the pictures of a class.
  case strayFolder(String)
  /// A class has no pictures.
  case emptyClass(String)
  /// A share is not one.
  case share(key: String, value: Double, wanted: String)
  /// The option has no meaning for this data set.
  case option(key: String, reason: String)
  /// The examples are too few for the parts that are wanted.
  case tooFew(examples: Int, part: String)
  /// A part has other inputs than the training part; `size` is that of the pictures of the latter
  /// where both have pictures.
  case inputsDiffer(found: String, wanted: String, size: ImageSize?)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .noData:
      "the folder holds no data set: neither IDX files, nor folders of pictures, nor NPY files, "
        + "nor one table or one each to train and to test with"
    case .partOfFolder(let kind): "this is \(kind); give the folder that holds the data set"
    case .ambiguous(let found):
      "\(listed(found)) could all serve; give the path of the one to train with, and that of the "
        + "one to test with as the option test"
    case .loosePictures(let count, let first):
      "the folder holds \(count == 1 ? "a picture" : "\(count) pictures") (\(shortened(first))) and no "
        + "folders, so that nothing says what they show; make a folder for each class, named after "
        + "it, and put its pictures there"
    case .idxBelow(let folder):
      "the IDX files are in the folder \(cited(folder)); give the path of that folder"
    case .strayFile(let name, let kind):
      "the file \(cited(name))\(kind.map { ", \($0)," } ?? "") stands among the folders of the "
        + "classes; move it away"
    case .strayFolder(let name):
      "the folder \(cited(name)) stands among the pictures of a class; move it away"
    case .emptyClass(let name): "the folder of the class \(cited(name)) has no pictures"
    case .share(let key, let value, let wanted): "\(key) is \(value); it must be \(wanted)"
    case .option(let key, let reason): "the option \(key) cannot be used here: \(reason)"
    case .tooFew(let examples, let part):
      "\(examples) \(examples == 1 ? "example is" : "examples are") too few to divide: "
        + "the \(part) part would have none"
    case .inputsDiffer(let found, let wanted, let size):
      "the inputs are \(found), and those of the training part \(wanted)"
        + (size.map { "; lamina train --resize \($0.height)x\($0.width) makes them one size" } ?? "")
    }
  }
}
