import Lamina

extension Operation.Fill where B == CPUBackend {
  /// Each thread fills its part.
  func tasks() -> TaskGroup {
    let (target, value) = (Elements(vector), value)
    return TaskGroup(self, "Fill") { part in
      let mine = part.elements(of: target)
      (target.start + mine.lowerBound).update(repeating: value, count: mine.count)
    }
  }
}
