/// The modules of a package and what they depend on, as its manifest says.
struct PackageModules {
  struct Module {
    let name: String
    /// The folder of its sources.
    let path: String
    /// Modules of the package.
    let dependencies: Set<String>
  }

  let modules: [Module]

  /// Reads a manifest whose targets stand in it as calls, with their dependencies as strings or as
  /// constants.
  init(manifest: String) {
    let tokens = SwiftTokens(manifest).all
    let targets = Self.targets(in: tokens)
    let names = Set(targets.compactMap { Self.string(after: "name", in: $0) })
    let constants = Self.constants(in: tokens)
    modules = targets.compactMap { target in
      guard let name = Self.string(after: "name", in: target) else { return nil }
      let folder = target.first == "testTarget" ? "Tests" : "Sources"
      let words = Self.argument("dependencies", of: target)
      return Module(
        name: name, path: Self.string(after: "path", in: target) ?? "\(folder)/\(name)",
        dependencies: names.intersection(
          Self.unconditional(words + words.flatMap { constants[$0] ?? [] }).map(Self.unquoted)))
    }
  }

  /// Sentences about files that import what their module does not depend on, and about circles.
  func problems(files: [String: [SourceFile]]) -> [String] {
    let names = Set(modules.map(\.name))
    var problems: [String] = []
    var arrows: [String: Set<String>] = [:]
    for module in modules {
      arrows[module.name] = module.dependencies
      for file in files[module.name] ?? [] {
        let imports = file.imports.intersection(names)
        arrows[module.name]?.formUnion(imports)
        for other in imports.subtracting(module.dependencies).sorted() {
          problems.append(
            "\(file.path) imports \(other), on which \(module.name) does not depend in Package.swift"
          )
        }
      }
    }
    return problems + Self.circles(arrows).map { "modules go in a circle: \($0)" }
  }

  /// A circle through each module that is on one, such as `A → B → A`, each once.
  static func circles(_ arrows: [String: Set<String>]) -> [String] {
    var (circles, done): ([String], Set<String>) = ([], [])
    func follow(_ path: [String]) {
      guard let last = path.last, !done.contains(last) else { return }
      for next in (arrows[last] ?? []).sorted() {
        if let start = path.firstIndex(of: next) {
          circles.append((path[start...] + [next]).joined(separator: " → "))
        } else {
          follow(path + [next])
        }
      }
      done.insert(last)
    }
    for name in arrows.keys.sorted() { follow([name]) }
    return circles
  }

  private static let calls: Set<String> = [
    "target", "executableTarget", "testTarget", "systemLibrary",
  ]

  /// The tokens of each target, from its kind to the closing parenthesis. Dependencies on targets
  /// look alike and are left out.
  private static func targets(in tokens: [String]) -> [[String]] {
    tokens.indices.dropFirst().compactMap { index in
      guard calls.contains(tokens[index]), tokens[index - 1] == ".",
        index < 2 || tokens[index - 2] != "Dependency", tokens[index + 1] == "("
      else { return nil }
      return [tokens[index]] + balanced(tokens[(index + 1)...])
    }
  }

  /// Up to where the first parenthesis or bracket closes.
  private static func balanced(_ tokens: ArraySlice<String>) -> [String] {
    var depth = 0
    var taken: [String] = []
    for token in tokens {
      if token == "(" || token == "[" { depth += 1 }
      if token == ")" || token == "]" { depth -= 1 }
      taken.append(token)
      if depth == 0 { break }
    }
    return taken
  }

  /// What follows a label of a call, up to the next comma outside all parentheses.
  private static func argument(_ label: String, of call: [String]) -> [String] {
    guard let start = call.indices.first(where: { call[$0] == label && call[$0 + 1] == ":" })
    else { return [] }
    var depth = 0
    var words: [String] = []
    for token in call[(start + 2)...] {
      if token == "(" || token == "[" { depth += 1 }
      if token == ")" || token == "]" { depth -= 1 }
      if depth < 0 || depth == 0 && token == "," { break }
      words.append(token)
    }
    return words
  }

  private static func string(after label: String, in call: [String]) -> String? {
    argument(label, of: call).first.map(unquoted)
  }

  /// What stands between each `let` and the next; a name may have several, by platforms.
  private static func constants(in tokens: [String]) -> [String: [String]] {
    let parts = tokens.split(separator: "let", omittingEmptySubsequences: false).dropFirst()
    return Dictionary(
      parts.compactMap { part in part.first.map { ($0, Array(part.dropFirst())) } },
      uniquingKeysWith: +)
  }

  /// Without the names of traits and platforms in `.when(…)`.
  private static func unconditional(_ tokens: [String]) -> [String] {
    guard let start = tokens.firstIndex(of: "when") else { return tokens }
    let condition = balanced(tokens[(start + 1)...])
    return tokens[..<start] + unconditional(Array(tokens[(start + 1 + condition.count)...]))
  }

  private static func unquoted(_ token: String) -> String {
    token.first == "\"" ? String(token.dropFirst().dropLast()) : token
  }
}
