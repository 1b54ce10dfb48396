/// What the name of a file or folder says about the part of a data set that it holds.
struct PartName {
  /// The parts of a data set.
  enum Part {
    case train, validation, test
  }

  private static let parts: [(word: String, part: Part)] = [
    ("train", .train), ("training", .train), ("val", .validation), ("valid", .validation),
    ("validation", .validation), ("test", .test), ("testing", .test),
  ]
  /// The archive of UCI names parts by the ending.
  private static let endings: [String: Part] = [
    "tra": .train, "data": .train, "tes": .test, "test": .test,
  ]
  private static let tableEndings: Set = [
    "csv", "tsv", "arff", "dat", "data", "tra", "tes", "test", "libsvm", "svm", "scale",
  ]

  /// The ending in lower case, that of gzip left out.
  let ending: String
  /// The name without endings and without the word for the part.
  let stem: String
  /// The part, where the name tells.
  let part: Part?

  /// Whether the file is a table that a folder may be searched for.
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
  /// The names of the parts among `names`: one to train with and one to test with, and perhaps one
  /// to validate with. With none to test with, that to validate with serves. Nil where no name is
  /// that of a training part.
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
