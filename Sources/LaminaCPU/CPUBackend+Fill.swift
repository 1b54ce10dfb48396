public import Lamina

extension CPUBackend {
  /// Each thread fills its part.
  public func enqueueFill(_ vector: Vector<CPUBackend>, with value: Float) {
    let target = Elements(vector)
    submit(
      CPUTask(
        accesses: [.writesVectors(vector)], work: vector.count, rows: vector.vectors
      ) { part in
        let mine = part.elements(of: target)
        (target.start + mine.lowerBound).update(repeating: value, count: mine.count)
      })
  }
}
