import FoundationEssentials
package import Lamina

/// A list of operations that can be made on any backend, with operands of its own.
package protocol OperationSource: Sendable {
  /// Makes the operands, all zero, and the list.
  func operations<B: Backend>(on backend: B) throws -> [Operation<B>]
}

/// A list of operations without its memory, from which a list of the same kind can be made.
///
/// Lists of the same kind have the same sketch where only sizes differ that the caller maps to the
/// same small size, or numbers that are arguments of kernels. So a sketch is small enough to be
/// tried in passing, can be sent to another process, and is the key of what is known of it.
package struct OperationSketch: OperationSource, Hashable, Codable {
  /// An operand.
  struct Operand: Hashable, Codable {
    let buffer: Int
    /// In numbers.
    var offset: Int
    var rows, columns, stride: Int
    let element: String
  }

  /// Bytes of each buffer.
  private(set) var buffers: [Int] = []
  private(set) var operands: [Operand] = []
  /// The operations as JSON, with numbers of operands in the place of memory.
  private(set) var list = ""

  /// Sketches a list.
  ///
  /// - Parameter size: The number that takes the place of a number of rows or columns.
  package init<B: Backend>(_ operations: [Operation<B>], size: (Int) -> Int = { $0 }) throws {
    let operations = operations.map(\.withTypicalNumbers)
    let layout = SketchLayout(operations, size: size)
    buffers = layout.buffers
    operands = layout.operands
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.userInfo[.operands] = SketchTable<B>(layout)
    list = String(decoding: try encoder.encode(operations), as: UTF8.self)
  }

  package func operations<B: Backend>(on backend: B) throws -> [Operation<B>] {
    var memory: [B.Buffer] = []
    for size in buffers { memory.append(try backend.makeBuffer(byteCount: max(4, size))) }
    let decoder = JSONDecoder()
    decoder.userInfo[.operands] = MadeOperands<B>(operands, memory)
    return try decoder.decode([Operation<B>].self, from: Data(list.utf8))
  }
}

/// Finds the numbers of operands while a list is written down.
private final class SketchTable<B: Backend>: OperandTable, @unchecked Sendable {
  private let layout: SketchLayout<B>

  init(_ layout: SketchLayout<B>) { self.layout = layout }

  func number(of operand: Access<B>) -> Int { layout.number(of: operand) }
  func batchSize(_ count: Int) -> Int { layout.batchSize }
  func operand(_ number: Int) throws -> (buffer: B.Buffer, offset: Int, Access<B>.Content) {
    preconditionFailure("a table for writing")
  }
}

/// Finds operands while a list is read.
private final class MadeOperands<B: Backend>: OperandTable, @unchecked Sendable {
  private let operands: [OperationSketch.Operand]
  private let memory: [B.Buffer]

  init(_ operands: [OperationSketch.Operand], _ memory: [B.Buffer]) {
    self.operands = operands
    self.memory = memory
  }

  func number(of operand: Access<B>) -> Int { preconditionFailure("a table for reading") }
  func batchSize(_ count: Int) -> Int { count }
  func operand(_ number: Int) throws -> (buffer: B.Buffer, offset: Int, Access<B>.Content) {
    guard operands.indices.contains(number), memory.indices.contains(operands[number].buffer),
      let element = Access<B>.Content.Element(rawValue: operands[number].element)
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "there is no operand \(number)"))
    }
    let operand = operands[number]
    return (
      memory[operand.buffer], operand.offset,
      Access<B>.Content(
        element: element, rows: operand.rows, columns: operand.columns, stride: operand.stride)
    )
  }
}
