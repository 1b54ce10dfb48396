import Lamina
import Support
import Synchronization
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
    let expected = try ReferenceResults.of(self)
    let actual = try backend.use { try results(on: $0) }
    #expect(actual.count == expected.count, sourceLocation: sourceLocation)
    for (number, (a, e)) in zip(actual, expected).enumerated() {
      expectClose(
        a, e, tolerance, "\(self), result \(number), on \(backend)", mayBeZero: true,
        sourceLocation: sourceLocation)
    }
    #expect(
      expected.joined().contains { $0 != 0 }, "\(self): nothing but zeros",
      sourceLocation: sourceLocation)
  }
}

/// The reference's results: computed once for all backends, since scalar code takes its time.
private enum ReferenceResults {
  static func of(_ operation: some Operation) throws -> [[Float]] {
    let key = "\(type(of: operation)) \(operation)"
    if let known = results.withLock({ $0[key] }) { return known }
    let computed = try operation.results(on: ReferenceBackend())
    results.withLock { $0[key] = computed }
    return computed
  }

  private static let results = Mutex<[String: [[Float]]]>([:])
}

/// The suites that share backends; serialized, because a backend serves one thread at a time.
@Suite("Operations", .serialized) struct OperationTests {}
