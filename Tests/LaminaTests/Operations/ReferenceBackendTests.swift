import Lamina
import LaminaReference
import Testing

/// What the reference tells of itself: other tests rely on it.
@Suite struct ReferenceBackendTests {
  private let backend = ReferenceBackend()

  @Test func callsAreRecordedInOrder() throws {
    let vector = try backend.makeVector([1, -2, 3])
    let prepared = backend.prepare([.clip(vector, to: 1), .fill(vector, with: 2)])
    #expect(try backend.values(of: vector) == [1, -2, 3])
    backend.run(prepared, with: StepArguments())
    backend.mark()
    backend.synchronize()
    #expect(try backend.values(of: vector) == [2, 2, 2])
    #expect(
      backend.calls == [
        "makeBuffer", "write", "prepare(", "clip", "fill", ")", "read", "run", "mark",
        "synchronize", "read",
      ])
  }

  @Test func everyOperationIsAStage() throws {
    let vector = try backend.makeVector(count: 20)
    let operations: [ReferenceOperation] = [.clip(vector, to: 1), .fill(vector, with: 2)]
    let stages = backend.prepare(operations).stages
    #expect(stages.map(\.operations) == [[0], [1]])
    #expect(stages.map(\.phase) == [0, 1])
    #expect(stages.map(\.bytes) == [80, 80])
    #expect(stages.map(\.floatingPointOperations) == [40, 20])
    #expect(stages.allSatisfy { $0.rule == nil && $0.launches == 0 })
  }

  /// What one operation leaves for another is not rounded; what the host writes and reads is.
  @Test func numbersStayInDoubleBetweenOperations() throws {
    let matrix = try backend.makeMatrix([1, 0x1p-30], rows: 2, columns: 1)
    let sums = try backend.makeVector(count: 1)
    let rest = try backend.makeMatrix([-1], rows: 1, columns: 1)
    try backend.perform(.columnSums(of: matrix, into: sums))
    #expect(try backend.values(of: sums) == [1])
    try backend.perform(.columnSums(of: rest, beta: 1, into: sums))
    #expect(try backend.values(of: sums) == [0x1p-30])
  }
}
