/// The parts of an IDX file's name: `emnist-letters-train-images-idx3-ubyte.gz`,
/// `train-labels.idx1-ubyte` as archive programs write it, or a name without `-ubyte`.
struct IDXName: Hashable {
  /// The contents of the file.
  enum Content: String {
    case images, labels
  }

  private static let parts: [String: PartName.Part] = [
    "train": .train, "training": .train, "t10k": .test, "test": .test, "testing": .test,
    "val": .validation, "valid": .validation, "validation": .validation,
  ]
  private static let contents: [String: Content] = [
    "images": .images, "image": .images, "imgs": .images, "labels": .labels, "label": .labels,
  ]
  private static let types: Set = [
    "idx", "idx1", "idx2", "idx3", "ubyte", "byte", "int",
  ]

  /// The words before the part, such as `emnist-letters`; usually none.
  let set: String
  let part: PartName.Part
  let content: Content
  /// Whether the name mentions IDX.
  let isSure: Bool

  init?(_ name: String) {
    let words = name.lowercased().split { "-_.".contains($0) }.map(String.init)
    let stem = words.last == "gz" ? words.dropLast() : words[...]
    guard let place = stem.firstIndex(where: { Self.contents[$0] != nil }), place > 0,
      let content = Self.contents[stem[place]], let part = Self.parts[stem[place - 1]],
      stem[(place + 1)...].allSatisfy(Self.types.contains)
    else { return nil }
    set = stem[..<(place - 1)].joined(separator: "-")
    (self.part, self.content) = (part, content)
    isSure = place + 1 < stem.count
  }

  /// The IDX files among `files` in the folder at `path`, by their names, and by their content if
  /// the name does not mention IDX.
  static func found(
    among files: [String], in path: String
  ) throws(DataError) -> [(name: IDXName, file: String)] {
    var found: [(IDXName, String)] = []
    for file in files {
      guard let name = IDXName(file) else { continue }
      let start = name.isSure ? [] : try ByteReader(path: "\(path)/\(file)").read(4)
      if name.isSure || ForeignFile.isIDX(start) { found.append((name, file)) }
    }
    return found
  }

  /// Whether an incomplete name is meant to be that of an IDX file.
  static func isMeant(_ file: String) -> Bool {
    ["idx1", "idx2", "idx3"].contains(where: file.lowercased().contains)
  }
}
