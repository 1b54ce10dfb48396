import Lamina
import Support
import Testing

/// A use of one operation, written once for all backends: makes operands, runs, and returns all
/// that the operation wrote.
protocol Operation {
  func results<B: Backend>(on backend: B) throws -> [[Float]]
}

extension Operation {
  /// Expects the same results from `backend` as from the scalar reference.
  func check(
    on backend: TestBackend, _ tolerance: Tolerance,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try results(on: ReferenceBackend())
    let actual = try backend.use { try results(on: $0) }
    #expect(actual.count == expected.count, sourceLocation: sourceLocation)
    for (number, (a, e)) in zip(actual, expected).enumerated() {
      expectClose(
        a, e, tolerance, "\(self), result \(number), on \(backend)", sourceLocation: sourceLocation)
    }
  }
}

/// The suites that share backends; serialized, because a backend serves one thread at a time.
@Suite("Operations", .serialized) struct OperationTests {}
