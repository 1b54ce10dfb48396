package import Lamina

/// A use of operations, written once for all backends. It makes operands, runs operations, and
/// returns everything that they wrote.
package protocol CheckedUse: Sendable {
  func results<B: Backend>(on backend: B) throws -> [[Float]]
  /// The name that distinguishes it from other uses of its kind.
  var caseName: String { get }
}

extension CheckedUse {
  /// The names and values of its properties, without the operands.
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
