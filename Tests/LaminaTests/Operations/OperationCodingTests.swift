import Foundation
import Lamina
import LaminaReference
import Testing

/// Operations as text: what caches and reports know them by.
@Suite struct OperationCodingTests {
  /// Names operands in the order in which they come.
  private final class NumberedOperands: OperandTable, @unchecked Sendable {
    typealias B = ReferenceBackend
    private var operands:
      [(buffer: ReferenceBackend.Buffer, offset: Int, content: ReferenceAccess.Content)] = []

    func number(of operand: ReferenceAccess) -> Int {
      let known = operands.firstIndex {
        $0.buffer === operand.buffer && 4 * $0.offset == operand.offset
          && $0.content.rows == operand.content.rows
          && $0.content.columns == operand.content.columns
      }
      if let known { return known }
      operands.append((operand.buffer, operand.offset / 4, operand.content))
      return operands.count - 1
    }

    func operand(
      _ number: Int
    ) throws -> (buffer: ReferenceBackend.Buffer, offset: Int, ReferenceAccess.Content) {
      let operand = try #require(operands.indices.contains(number) ? operands[number] : nil)
      return (operand.buffer, operand.offset, operand.content)
    }

    func batchSize(_ count: Int) -> Int { count }

    /// The same operands in other buffers.
    func moved(
      _ place: (ReferenceBackend.Buffer) throws -> ReferenceBackend.Buffer
    ) rethrows -> NumberedOperands {
      let table = NumberedOperands()
      table.operands = try operands.map { (try place($0.buffer), $0.offset, $0.content) }
      return table
    }
  }

  private func text(
    of operation: ReferenceOperation, _ table: NumberedOperands
  ) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.userInfo[.operands] = table
    return try encoder.encode(operation)
  }

  private func operation(
    _ text: Data, _ table: NumberedOperands
  ) throws -> ReferenceOperation {
    let decoder = JSONDecoder()
    decoder.userInfo[.operands] = table
    return try decoder.decode(ReferenceOperation.self, from: text)
  }

  /// An operation that is read names the operands of the one that was written, and does the same.
  @Test(arguments: OperationKind.allCases)
  func comesBackAsItWas(kind: OperationKind) throws {
    for sample in try kind.samples() {
      let table = NumberedOperands()
      let read = try operation(text(of: sample.operation, table), table)
      #expect(OperationKind(read) == kind)
      #expect(read.name == sample.operation.name)
      #expect(read.content.details == sample.operation.content.details)
      #expect(read.content.units == sample.operation.content.units)
      #expect(read.accesses.map(\.label) == sample.operation.accesses.map(\.label))
      for (a, b) in zip(read.accesses, sample.operation.accesses) {
        #expect(a.buffer === b.buffer && a.offset == b.offset, "\(a.label)")
        #expect(a.content == b.content && a.use == b.use && a.division == b.division, "\(a.label)")
      }
      let before = sample.memory.contents
      let expected = sample.memory.contents(after: sample.operation, on: before)
      #expect(sample.memory.contents(after: read, on: before) == expected)
    }
  }

  /// With other memory under the same numbers, the operation runs there and nowhere else.
  @Test(arguments: OperationKind.allCases)
  func canBeReadForOtherMemory(kind: OperationKind) throws {
    let pairs = zip(try kind.samples(), try kind.samples())
    for (sample, other) in pairs {
      let table = NumberedOperands()
      let text = try text(of: sample.operation, table)
      let moved = try table.moved { buffer in
        let number = try #require(sample.memory.buffers.firstIndex { $0.buffer === buffer })
        return other.memory.buffers[number].buffer
      }
      let read = try operation(text, moved)
      let before = sample.memory.contents
      let expected = sample.memory.contents(after: sample.operation, on: before)
      sample.memory.contents = before
      #expect(other.memory.contents(after: read, on: before) == expected)
      #expect(sample.memory.contents == before)
    }
  }

  /// The text says nothing of memory: the same operation elsewhere has the same.
  @Test(arguments: OperationKind.allCases)
  func sameOperationsHaveTheSameText(kind: OperationKind) throws {
    let texts = try kind.samples().map { try text(of: $0.operation, NumberedOperands()) }
    let others = try kind.samples().map { try text(of: $0.operation, NumberedOperands()) }
    #expect(texts == others)
    #expect(Set(texts).count == texts.count)
  }

  @Test func aTableOfOperandsIsNeeded() throws {
    let sample = try OperationKind.fill.samples()[0]
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(sample.operation) }
    let text = try text(of: sample.operation, NumberedOperands())
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ReferenceOperation.self, from: text)
    }
  }
}
