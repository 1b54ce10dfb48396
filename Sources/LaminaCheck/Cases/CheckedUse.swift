package import Lamina

/// A use of operations, written once for all backends: makes operands, runs, and returns all that
/// the operations wrote.
package protocol CheckedUse: Sendable {
  func results<B: Backend>(on backend: B) throws -> [[Float]]
  /// What tells it from others of its kind.
  var caseName: String { get }
}

extension CheckedUse {
  /// Its numbers and names, without the operands.
  package var caseName: String {
    Mirror(reflecting: self).children.compactMap { child -> String? in
      guard let label = child.label else { return nil }
      let mirror = Mirror(reflecting: child.value)
      let isOptional = mirror.displayStyle == .optional
      guard let value = isOptional ? mirror.children.first?.value : child.value else { return nil }
      if let numbers = value as? [Float] { return "\(label) of \(numbers.count)" }
      if let isTrue = value as? Bool { return isTrue ? label : nil }
      return "\(label) \(value)".replacing("Lamina.", with: "")
    }.joined(separator: ", ")
  }
}
