import Lamina
import LaminaReference
import Testing

/// Which uses of memory must wait for each other.
@Suite struct AccessTests {
  private let backend = ReferenceBackend()
  private let buffer: ReferenceBackend.Buffer

  init() { buffer = backend.makeBuffer(byteCount: 4096) }

  private func matrix(
    _ use: ReferenceAccess.Use, _ split: ReferenceAccess.Split, offset: Int = 0,
    in other: ReferenceBackend.Buffer? = nil, transposed: Bool = false, columns: Int = 16
  ) -> ReferenceAccess {
    let matrix = Matrix<ReferenceBackend>(
      buffer: other ?? buffer, offset: offset, rows: 8, columns: columns)
    return .matrix("", transposed ? matrix.transposed : matrix, use, split)
  }

  @Test func readersNeverWait() {
    for split in [ReferenceAccess.Split.whole, .rows, .columns] {
      #expect(!matrix(.read, .whole).dependsOn(matrix(.read, split)))
      #expect(!matrix(.read, .whole).conflicts(with: matrix(.read, split)))
    }
  }

  @Test(arguments: [ReferenceAccess.Use.write, .update])
  func whatIsWrittenKeepsItsOrder(use: ReferenceAccess.Use) {
    let written = matrix(use, .rows)
    for other in [ReferenceAccess.Use.read, .write, .update] {
      #expect(written.dependsOn(matrix(other, .rows)))
      #expect(matrix(other, .rows).dependsOn(written))
    }
  }

  /// The same rows in the same parts need no wait; anything else of the same memory does.
  @Test func sameRowsNeedNoWait() {
    let written = matrix(.write, .rows)
    #expect(!written.conflicts(with: matrix(.read, .rows)))
    #expect(written.conflicts(with: matrix(.read, .whole)))
    #expect(matrix(.read, .whole).conflicts(with: written))
    #expect(written.conflicts(with: matrix(.read, .columns, transposed: true)))
    #expect(written.conflicts(with: matrix(.read, .rows, offset: 16)))
    #expect(written.conflicts(with: matrix(.read, .rows, columns: 32)))
    #expect(matrix(.write, .whole).conflicts(with: matrix(.read, .whole)))
  }

  @Test func otherMemoryNeedsNoWait() {
    let written = matrix(.write, .whole)
    #expect(!written.overlaps(matrix(.write, .whole, in: backend.makeBuffer(byteCount: 4096))))
    // The matrix ends where the other begins.
    #expect(!written.overlaps(matrix(.write, .whole, offset: 8 * 16)))
    #expect(written.overlaps(matrix(.write, .whole, offset: 8 * 16 - 16)))
    #expect(!written.conflicts(with: matrix(.write, .whole, offset: 8 * 16)))
  }

  /// Offsets and ends in bytes, whatever the element.
  @Test func bytesAreThoseOfTheElement() {
    let examples = Examples<ReferenceBackend>(buffer: buffer, rows: 7, columns: 3, element: .byte)
    #expect(ReferenceAccess.examples("", examples).bytes == 0..<21)
    let vector = Vector<ReferenceBackend>(buffer: buffer, offset: 32, count: 5)
    #expect(ReferenceAccess.vector("", vector, .read).bytes == 128..<148)
    let padded = Matrix<ReferenceBackend>(buffer: buffer, rows: 2, columns: 3, stride: 16)
    #expect(ReferenceAccess.matrix("", padded, .read).bytes == 0..<128)
    #expect(ReferenceAccess.matrix("", padded, .read).byteCount == 24)
  }
}
