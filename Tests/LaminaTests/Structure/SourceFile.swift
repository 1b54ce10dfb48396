import Foundation

/// A Swift file: which types it declares, and which it names.
struct SourceFile {
  /// The path in the repository.
  let path: String
  let text: SwiftTokens

  init(path: String, _ text: String) {
    self.path = path
    self.text = SwiftTokens(text)
  }

  /// The Swift files of a folder of the repository, with all folders in it.
  static func all(in folder: String) throws -> [SourceFile] {
    let place = repository.appending(path: folder)
    return try FileManager.default.subpathsOfDirectory(atPath: place.path(percentEncoded: false))
      .sorted()
      .filter { $0.hasSuffix(".swift") }
      .map { path in
        SourceFile(
          path: "\(folder)/\(path)",
          try String(contentsOf: place.appending(path: path), encoding: .utf8))
      }
  }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let declaring: Set<String> = [
    "struct", "class", "enum", "protocol", "actor", "typealias", "associatedtype",
  ]

  /// The types that other files may name alone, and those that none may: declared inside others, or
  /// private.
  var declared: (outer: Set<String>, inner: Set<String>) {
    var (outer, inner): (Set<String>, Set<String>) = ([], [])
    var depth = 0
    for (index, (token, next)) in zip(text.all, text.all.dropFirst()).enumerated() {
      if token == "{" { depth += 1 }
      if token == "}" { depth -= 1 }
      guard Self.declaring.contains(token), Self.isTypeName(next) else { continue }
      let modifiers = text.all[max(0, index - 2)..<index]
      let isPrivate = modifiers.contains("private") || modifiers.contains("fileprivate")
      if depth == 0, !isPrivate { outer.insert(next) } else { inner.insert(next) }
    }
    return (outer, inner)
  }

  /// The names of types that stand alone or first, as `Matrix` in `Matrix.Row`, but for those that
  /// the file declares for itself.
  var named: Set<String> {
    let names = zip([""] + text.all, text.all).filter { $0 != "." && Self.isTypeName($1) }.map(\.1)
    return Set(names).subtracting(declared.inner)
  }

  /// The modules that it imports, whole or a declaration of them.
  var imports: Set<String> {
    let kinds: Set<String> = [
      "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]
    var modules: Set<String> = []
    for (index, token) in text.all.enumerated() where token == "import" {
      let rest = text.all[(index + 1)...]
      if let module = rest.first(where: { !kinds.contains($0) }) { modules.insert(module) }
    }
    return modules
  }

  private static func isTypeName(_ token: String) -> Bool {
    token.unicodeScalars.first?.properties.isUppercase == true
  }
}
