import Lamina
import Support
import Testing

extension OperationTests {
  @Suite struct GatherTests {
    struct Gather: Operation {
      let rows, columns, batch: Int
      let hasBytes: Bool
      var isPerFeature = false
      var first = 0

      func results<B: Backend>(on backend: B) throws -> [[Float]] {
        var generator = Philox(seed: 7).generator()
        let bytes = (0..<rows * columns).map { _ in UInt8(generator.uniform(below: 256)) }
        let inputs: Dataset.Inputs =
          hasBytes ? .bytes(bytes) : .floats(bytes.map { Float($0) / 4 })
        let dataset = Dataset(
          name: "test", inputs: inputs,
          targets: .classes([Int32](repeating: 0, count: rows), classNames: ["0"]),
          features: columns)
        let examples = try backend.makeExamples(dataset)
        let indices = try backend.makeIndices(
          DesignedData.labels(first + batch, classes: rows, seed: 8))
        let destination = try Guarded(
          backend, rows: batch, columns: columns, stride: MatrixLayout.stride(columns: columns),
          values: [Float](repeating: .nan, count: batch * columns))
        let scaling = try backend.makeScaling(isPerFeature ? perFeature : .signedUnit)
        let prepared = try backend.prepare { () throws(BackendError) in
          try backend.gather(
            BatchIndices(indices, count: batch), of: examples, scaling: scaling,
            into: destination.matrix)
        }
        try backend.run(prepared, with: StepArguments(firstIndex: first))
        return [try destination.values()]
      }

      private var perFeature: InputScaling {
        .perFeature(
          scales: DesignedData.uniform(columns, bound: 2, seed: 9),
          offsets: DesignedData.uniform(columns, bound: 100, seed: 10))
      }
    }

    // 2/255 is not exact: product and sum round once each, or once together.
    private static let uniform = Tolerance(
      relative: 1.2e-7, absolute: 1.2e-7, because: "two roundings or one")
    private static let perFeature = Tolerance(
      relative: 1.2e-7, absolute: 3.1e-5, because: "products of up to 510 round once more")

    @Test(arguments: TestBackend.all, [1, 3, 16, 17, 48, 64, 100, 784])
    func takesScaledRowsByIndex(backend: TestBackend, columns: Int) throws {
      for hasBytes in [true, false] {
        for (batch, first) in [(1, 0), (5, 2), (32, 11), (64, 0)] {
          // 2/255 is not exact: product and sum round once each, or once together.
          for isPerFeature in [false, true] {
            try Gather(
              rows: 37, columns: columns, batch: batch, hasBytes: hasBytes,
              isPerFeature: isPerFeature, first: first
            ).check(on: backend, isPerFeature ? Self.perFeature : Self.uniform)
          }
        }
      }
    }
  }
}
