import Foundation

/// The files of the product's code that name a thing, such as an activation, in any spelling.
struct NamingFiles {
  private let texts: [(path: String, words: Set<String>)]

  /// Paths with their texts.
  init(_ files: [(path: String, text: String)]) {
    texts = files.map { ($0.path, Self.words(in: "\($0.path)\n\($0.text)")) }
  }

  /// Reads all files of `Sources` and `Kernels`.
  static func inRepository() throws -> NamingFiles {
    NamingFiles(
      try ["Sources", "Kernels"].flatMap { folder in
        let place = SourceFile.repository.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(
          atPath: place.path(percentEncoded: false)
        ).filter { endings.contains(String($0.split(separator: ".").last ?? "")) }.map { path in
          (
            "\(folder)/\(path)",
            try String(contentsOf: place.appending(path: path), encoding: .utf8)
          )
        }
      })
  }

  private static let endings: Set = ["swift", "c", "cpp", "h", "cl", "clh", "def"]

  /// The files whose path or text has the name, as `leaky_relu`, `leakyReLU`, `LeakyReLU` or in a
  /// longer one, such as `makeLeakyReLU`; in order.
  func naming(_ name: String) -> [String] {
    let plain = name.lowercased().filter { $0 != "_" }
    return texts.filter { $0.words.contains(plain) }.map(\.path).sorted()
  }

  /// In lower case without underscores: every run of the words of every identifier.
  private static func words(in text: String) -> Set<String> {
    let identifiers = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
    return identifiers.reduce(into: []) { found, identifier in
      let parts = parts(of: identifier)
      // A name has few words; runs of all lengths of a long one would be many.
      for start in parts.indices {
        for end in start..<min(start + 4, parts.count) {
          found.insert(parts[start...end].joined().lowercased())
        }
      }
    }
  }

  /// `makeLeakyReLU` is `make`, `Leaky`, `Re`, `LU`.
  private static func parts(of identifier: Substring) -> [String] {
    var parts: [String] = []
    var last: Character = "_"
    for character in identifier {
      if last == "_" || (character.isUppercase && !last.isUppercase) { parts.append("") }
      if character != "_" { parts[parts.count - 1].append(character) }
      last = character
    }
    return parts.filter { !$0.isEmpty }
  }
}
