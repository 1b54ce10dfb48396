/// The part of a data set that a file or folder contains, according to its name.
struct PartName {
  /// The parts of a data set.
  enum Part {
    case train, validation, test
  }

  private static let parts: [(word: String, part: Part)] = [
    ("train", .train), ("training", .train), ("val", .validation), ("valid", .validation),
    ("validation", .validation), ("test", .test), ("testing", .test),
  ]
  /// The file name extensions by which the UCI repository marks parts.
  private static let endings: [String: Part] = [
    "tra": .train, "data": .train, "tes": .test, "test": .test,
  ]
  private static let tableEndings: Set = [
    "csv", "tsv", "arff", "dat", "data", "tra", "tes", "test", "libsvm", "svm", "scale",
  ]

  /// The file name extension in lower case, without that of gzip.
  let ending: String
  /// The name without extensions and without the word for the part.
  let stem: String
  /// The part, if the name implies one.
  let part: Part?

  /// Whether the file is a table by its extension, so that a folder is searched for it.
  var isTable: Bool { Self.tableEndings.contains(ending) }

  init(_ name: String) {
    var words = name.split(separator: ".", omittingEmptySubsequences: false)
    if words.count > 1, words.last?.lowercased() == "gz" { words.removeLast() }
    ending = words.count > 1 ? words.removeLast().lowercased() : ""
    let whole = words.joined(separator: ".")
    let lower = whole.lowercased()
    for (word, part) in Self.parts where lower == word {
      (self.stem, self.part) = ("", part)
      return
    }
    for (word, part) in Self.parts {
      for separator in ["-", "_", "."] where lower.hasSuffix(separator + word) {
        (self.stem, self.part) = (String(whole.dropLast(word.count + 1)), part)
        return
      }
    }
    (stem, part) = (whole, Self.endings[ending])
  }
}

extension PartName {
  /// The names of the training, validation and test parts among `names`. Without a test part, the
  /// validation part becomes the test part. Nil if there is no training part.
  static func parts(
    among names: [String], in path: String
  ) throws(DataError) -> (train: String, validation: String?, test: String?)? {
    func only(_ part: Part) throws(DataError) -> String? {
      let found = names.filter { PartName($0).part == part }
      guard found.count <= 1 else { throw .source(path: path, .ambiguous(found: found)) }
      return found.first
    }
    guard let train = try only(.train) else { return nil }
    let (validation, test) = (try only(.validation), try only(.test))
    return test == nil ? (train, nil, validation) : (train, validation, test)
  }
}
