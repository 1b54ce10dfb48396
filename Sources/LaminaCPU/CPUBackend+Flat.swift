import Lamina

extension CPUBackend {
  /// Submits a task that changes a vector element by element, each thread its part.
  ///
  /// - Parameters:
  ///   - work: Elementary operations for an element.
  ///   - accesses: What it touches besides the vector itself.
  func submitFlat(
    _ vector: Vector<CPUBackend>, work: Int, accesses: [CPUTask.Access] = [],
    _ body: @escaping (Range<Int>, StepArguments) -> Void
  ) {
    let elements = Elements(vector)
    submit(
      CPUTask(
        accesses: [.writesVectors(vector)] + accesses, work: work * vector.count,
        rows: vector.vectors
      ) { part in body(part.elements(of: elements), part.arguments) })
  }
}
