import Foundation

/// The casts in a kernel file that claim more alignment than their operand has: to a pointer to
/// vectors, from anything but a pointer to vectors. Compilers for GPUs trust such a cast, and drivers
/// place an argument for the type in the kernel's signature.
struct PointerCasts {
  struct Cast: Equatable {
    let line: Int
    /// As it is written, with its operand's first name.
    let type: String, operand: String
  }

  private let text: String
  /// Names of types, macros and type definitions that are vectors, and those that are pointers to them.
  private var vectors: Set<Substring> = []
  private var pointers: Set<Substring> = []

  /// - Parameter headers: Other texts whose macros and type definitions hold in this one.
  init(_ text: String, headers: [String] = []) {
    self.text = Self.withoutComments(text)
    let all = (headers.map(Self.withoutComments) + [self.text]).joined(separator: "\n")
    // A definition may name a later one.
    var known = -1
    while known != vectors.count + pointers.count {
      known = vectors.count + pointers.count
      for definition in all.matches(of: Self.macro) { learn(definition.1, definition.2) }
      for definition in all.matches(of: Self.typeDefinition) { learn(definition.2, definition.1) }
    }
  }

  private nonisolated(unsafe) static let macro = /#[ \t]*define[ \t]+(\w+)[ \t]+([^\n]*)/
  private nonisolated(unsafe) static let typeDefinition = /typedef\s+([^;{}]*[\s*])(\w+)\s*;/
  private nonisolated(unsafe) static let vectorType =
    /(?:char|uchar|short|ushort|int|uint|long|ulong|half|float|double)(?:2|3|4|8|16)/
  private nonisolated(unsafe) static let joined = /JOIN\w*\(\s*\w+\s*,\s*WIDTH\s*\)/
  private static let qualifiers: Set<Substring> = [
    "__global", "__local", "__private", "__constant", "global", "local", "private", "constant",
    "const", "volatile", "restrict", "__restrict",
  ]

  private mutating func learn(_ name: Substring, _ meaning: Substring) {
    switch kind(of: meaning) {
    case .vector: vectors.insert(name)
    case .pointer: pointers.insert(name)
    case .other: break
    }
  }

  private enum Kind { case vector, pointer, other }

  /// What a type is, as it is written without a name.
  private func kind(of type: Substring) -> Kind {
    let plain = type.replacing(Self.joined, with: "float4")
    let words = plain.replacing("*", with: " * ").split { $0.isWhitespace }
      .filter { !Self.qualifiers.contains($0) }
    guard let first = words.first else { return .other }
    let rest = words.dropFirst()
    if first == "void" { return rest == ["*"] ? .pointer : .other }
    if pointers.contains(first), rest.isEmpty { return .pointer }
    guard vectors.contains(first) || first.wholeMatch(of: Self.vectorType) != nil else {
      return .other
    }
    return rest.isEmpty ? .vector : rest == ["*"] ? .pointer : .other
  }

  /// All of them. A cast to a pointer to `void` counts, since any pointer can be made of that.
  var all: [Cast] {
    text.matches(of: /\(((?:JOIN\w*\([^()]*\)|[^()])+)\)/).compactMap { match in
      guard kind(of: match.1) == .pointer,
        let operand = text[match.0.endIndex...].prefixMatch(of: /\s*[&(]*\s*(\w+)/)?.1,
        !isPointerToVectors(operand)
      else { return nil }
      return Cast(
        line: text[..<match.0.startIndex].count { $0.isNewline } + 1,
        type: match.1.split { $0.isWhitespace }.joined(separator: " "), operand: String(operand))
    }
  }

  /// Whether each declaration of a name in this text is one of a pointer to vectors.
  private func isPointerToVectors(_ name: Substring) -> Bool {
    guard let declaration = try? Regex("([\\w \\t,()]*\\*[\\w \\t]*)\\b\(name)\\s*[,;=)\\[]") else {
      return false
    }
    let types = text.matches(of: declaration).compactMap { $0.output[1].substring }
      .map { $0.split { "(,".contains($0) }.last ?? "" }
    // A product has a star as well: its left side is no type.
    return !types.isEmpty && types.allSatisfy { kind(of: $0) == .pointer && !$0.contains("void") }
  }

  /// Spaces take the place of comments and of the marks that continue a line: all lines keep their
  /// numbers.
  private static func withoutComments(_ text: String) -> String {
    func blank(_ part: Substring) -> String { String(part.map { $0.isNewline ? $0 : " " }) }
    return text.replacing(/(?s)\/\*.*?\*\/|\/\/[^\n]*/) { blank($0.output) }
      .replacing(/\\\n/) { _ in " \n" }
  }
}
