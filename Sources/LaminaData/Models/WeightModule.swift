import Lamina

/// The tensors of a module: those whose names differ only behind the last point, such as
/// `fc1.weight` and `fc1.bias`.
struct WeightModule {
  /// The name before the last point; empty for a module that is the whole file.
  let name: String
  /// The shape of each tensor, by the last part of its name.
  let shapes: [String: [Int]]

  /// A count of batches that PyTorch keeps beside running statistics, and nobody needs.
  static let unneeded = "num_batches_tracked"

  /// Puts tensors together, in the order in which their modules first occur.
  static func modules(_ tensors: [(name: String, shape: [Int])]) -> [WeightModule] {
    var order: [String] = []
    var shapes: [String: [String: [Int]]] = [:]
    for tensor in tensors {
      let (module, part) = split(tensor.name)
      if shapes[module] == nil { order.append(module) }
      shapes[module, default: [:]][part] = part == unneeded ? nil : tensor.shape
    }
    return order.compactMap { name in
      shapes[name].flatMap { $0.isEmpty ? nil : WeightModule(name: name, shapes: $0) }
    }
  }

  /// The module and the last part of a tensor's name.
  static func split(_ name: String) -> (module: String, part: String) {
    guard let point = name.lastIndex(of: ".") else { return ("", name) }
    return (String(name[..<point]), String(name[name.index(after: point)...]))
  }

  /// The name of a tensor.
  func tensor(_ part: String) -> String { name.isEmpty ? part : "\(name).\(part)" }

  /// Such as `fc1 (bias [8], weight [8, 2])`.
  var text: String {
    let parts = shapes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return (name.isEmpty ? "" : "\(name) ") + "(\(parts.joined(separator: ", ")))"
  }
}

/// The order of names in which numbers count as numbers: `net.2` comes before `net.10`.
struct NumberedName {
  private enum Part: Equatable {
    case number(Int)
    case text(Substring)
  }

  private let parts: [Part]

  init(_ name: String) {
    var parts: [Part] = []
    var rest = name[...]
    while let first = rest.first {
      let isNumber = ("0"..."9").contains(first)
      let part = rest.prefix { ("0"..."9").contains($0) == isNumber }
      parts.append(isNumber ? Int(part).map(Part.number) ?? .text(part) : .text(part))
      rest = rest[part.endIndex...]
    }
    self.parts = parts
  }

  /// Whether a number puts this name before the other one; nil if text alone tells them apart.
  func precedes(_ other: NumberedName) -> Bool? {
    guard let (own, theirs) = zip(parts, other.parts).first(where: { $0 != $1 }) else { return nil }
    guard case .number(let first) = own, case .number(let second) = theirs else { return nil }
    return first < second
  }
}
