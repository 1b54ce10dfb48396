public import Lamina

/// A problem with the path of a data set, or with the options for it.
public enum SourceProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder does not contain a data set.
  case noData
  /// The file belongs to the files of a folder; the path of the folder should be given.
  case partOfFolder(kind: String)
  /// The folder contains pictures but no folders, so their classes are unknown.
  case loosePictures(count: Int, first: String)
  /// The IDX files are in a subfolder.
  case idxBelow(folder: String)
  /// Several files could be the training part, or the test part.
  case ambiguous(found: [String])
  /// There is a file among the folders of the classes; `kind` describes it if its kind is known.
  case strayFile(String, kind: String?)
  /// There is a folder among the pictures of a class.
  case strayFolder(String)
  /// A class has no pictures.
  case emptyClass(String)
  /// A share is out of range.
  case share(key: String, value: Double, wanted: String)
  /// The option has no meaning for this data set.
  case option(key: String, reason: String)
  /// There are too few examples for the requested parts.
  case tooFew(examples: Int, part: String)
  /// The inputs differ from those that a model takes.
  case modelDiffers(found: String, wanted: String)
  /// The inputs of a part differ from those of the training part; `size` is the size of the
  /// latter's pictures if both have pictures.
  case inputsDiffer(found: String, wanted: String, size: ImageSize?)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .noData:
      "the folder contains no data set: no IDX files, no folders of pictures, no NPY files, "
        + "and neither a single table nor one each for training and test"
    case .partOfFolder(let kind): "this is \(kind); give the folder of the data set"
    case .ambiguous(let found):
      "\(listed(found)) are all candidates; give the path of the training file, and that of the "
        + "test file as the option test"
    case .loosePictures(let count, let first):
      "the folder contains \(count == 1 ? "a picture" : "\(count) pictures") (\(shortened(first))) "
        + "but no folders, so the classes are unknown; make a folder for each class, named after "
        + "it, and put its pictures there"
    case .idxBelow(let folder):
      "the IDX files are in the folder \(cited(folder)); give the path of that folder"
    case .strayFile(let name, let kind):
      "the file \(cited(name))\(kind.map { ", \($0)," } ?? "") is among the folders of the "
        + "classes; move it elsewhere"
    case .strayFolder(let name):
      "the folder \(cited(name)) is among the pictures of a class; move it elsewhere"
    case .emptyClass(let name): "the folder of the class \(cited(name)) has no pictures"
    case .share(let key, let value, let wanted): "\(key) is \(value); it must be \(wanted)"
    case .option(let key, let reason): "the option \(key) cannot be used here: \(reason)"
    case .tooFew(let examples, let part):
      "\(examples) \(examples == 1 ? "example is" : "examples are") too few to split: "
        + "the \(part) part would be empty"
    case .modelDiffers(let found, let wanted):
      "the inputs are \(found), but the model takes \(wanted)"
    case .inputsDiffer(let found, let wanted, let size):
      "the inputs are \(found), but those of the training part are \(wanted)"
        + (size.map { "; lamina train --resize \($0.height)x\($0.width) makes them equal" } ?? "")
    }
  }
}
