import Lamina
import LaminaCheck
import Support
import Synchronization
import Testing

/// The cases of `lamina check`, on every backend of this machine; serialized, because a backend serves
/// one thread at a time.
@Suite("Operations", .serialized) struct OperationTests {
  static let groups =
    CheckGroup.operations + [.products] + CheckGroup.composites + CheckGroup.trainings

  @Test(arguments: TestBackend.all, groups)
  func equalsTheReference(backend: TestBackend, group: CheckGroup) throws {
    try group.check(on: backend)
  }

  @Test func groupsHaveNamesOfTheirOwn() {
    #expect(Set(Self.groups.map(\.name)).count == Self.groups.count)
  }

  @Test(arguments: groups)
  func casesHaveNamesOfOneLine(group: CheckGroup) {
    let names = group.cases.map(\.use.caseName)
    #expect(!names.isEmpty)
    #expect(names.allSatisfy { !$0.isEmpty && !$0.contains("\n") && $0.count < 300 })
  }
}

extension CheckGroup {
  /// Expects the same results from `backend` as from the scalar reference, in the cases that are wanted.
  func check(
    on backend: TestBackend, sourceLocation: SourceLocation = #_sourceLocation,
    where isWanted: (CheckCase) -> Bool = { _ in true }
  ) throws {
    for (index, check) in cases.enumerated() where isWanted(check) {
      let name = "\(name), \(check.use.caseName)"
      let expected = try ReferenceResults.of(check, "\(self.name) \(index)")
      let actual = try backend.use { try check.use.results(on: $0) }
      #expect(actual.count == expected.count, sourceLocation: sourceLocation)
      for (number, (a, e)) in zip(actual, expected).enumerated() {
        expectClose(
          a, e, check.tolerance, "\(name): result \(number) on \(backend)", mayBeZero: true,
          sourceLocation: sourceLocation)
      }
      #expect(
        expected.joined().contains { $0 != 0 }, "\(name): nothing but zeros",
        sourceLocation: sourceLocation)
    }
  }
}

/// The reference's results: computed once for all backends, since scalar code takes its time.
private enum ReferenceResults {
  static func of(_ check: CheckCase, _ key: String) throws -> [[Float]] {
    if let known = results.withLock({ $0[key] }) { return known }
    let computed = try check.expected()
    results.withLock { $0[key] = computed }
    return computed
  }

  private static let results = Mutex<[String: [[Float]]]>([:])
}
