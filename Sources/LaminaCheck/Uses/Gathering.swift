import Lamina

/// Gathering and scaling rows by their index.
struct GatherBatch: CheckedUse {
  let rows, columns, batch: Int
  let hasBytes: Bool
  var isPerFeature = false
  var first = 0

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    var generator = Philox(seed: 7).generator()
    let bytes = (0..<rows * columns).map { _ in UInt8(generator.uniform(below: 256)) }
    let inputs: Dataset.Inputs = hasBytes ? .bytes(bytes) : .floats(bytes.map { Float($0) / 4 })
    let dataset = Dataset(
      name: "test", inputs: inputs,
      targets: .classes([Int32](repeating: 0, count: rows), classNames: ["0"]), features: columns)
    let examples = try backend.makeExamples(dataset)
    let indices = try backend.makeIndices(
      DesignedData.labels(first + batch, classes: rows, seed: 8))
    let destination = try backend.guarded(.nan(batch * columns), rows: batch, columns: columns)
    let scaling = try backend.makeScaling(isPerFeature ? perFeature : .signedUnit)
    try backend.perform(
      [
        .gather(
          BatchIndices(indices, count: batch), of: examples, scaling: scaling,
          into: destination.matrix)
      ], with: StepArguments(firstIndex: first))
    return [try destination.values()]
  }

  private var perFeature: InputScaling {
    .perFeature(
      scales: DesignedData.uniform(columns, bound: 2, seed: 9),
      offsets: DesignedData.uniform(columns, bound: 100, seed: 10))
  }
}
