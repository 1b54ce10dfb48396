import Lamina
import LaminaReference
import Testing

/// What printed lists show of operations: names, formulas with shapes, bytes and work.
@Suite struct OperationTextTests {
  private let backend = ReferenceBackend()

  private func matrix(_ rows: Int, _ columns: Int) throws -> Matrix<ReferenceBackend> {
    try backend.makeMatrix(rows: rows, columns: columns)
  }

  @Test func productsShowTheirShapes() throws {
    let (a, b, c) = (try matrix(64, 784), try matrix(784, 128), try matrix(64, 128))
    let forward = ReferenceOperation.matmul(a, b, into: c)
    #expect(forward.name == "matmul")
    #expect(forward.content.details == "64×784 · 784×128")
    #expect(forward.content.floatingPointOperations == 2 * 64 * 784 * 128)
    let gradient = ReferenceOperation.matmul(a.transposed, c, beta: 0.9, into: b)
    #expect(gradient.content.details == "(64×784)ᵀ · 64×128 + 0.9 · c")
    #expect(
      ReferenceOperation.matmul(a, b, alpha: 2, into: c).content.details
        == "2.0 · 64×784 · 784×128")
  }

  @Test func formulasHaveTheirNumbers() throws {
    let values = try matrix(5, 18)
    let bias = try backend.makeVector(count: 18)
    #expect(
      ReferenceOperation.activation(.elu(alpha: 0.5), of: values, bias: bias, into: values).content
        .details == "elu(0.5)(x + bias)")
    #expect(
      ReferenceOperation.activation(.identity, of: values, into: values).content.details == "x")
    #expect(ReferenceOperation.clip(bias, to: 0.5).content.details == "to ±0.5")
    #expect(
      ReferenceOperation.update(bias, gradients: bias, by: .sgd(SGD(learningRate: 1))).content
        .details == "by sgd")
  }

  /// Names of one kind differ where the function does: reports put them apart.
  @Test func lossesAndLogarithmsHaveNamesOfTheirOwn() throws {
    #expect(
      try OperationKind.loss.samples().map(\.operation.name) == [
        "softmax_cross_entropy", "mse", "quantile",
      ])
    #expect(try OperationKind.softmax.samples().map(\.operation.name) == ["softmax", "logSoftmax"])
  }

  @Test(arguments: OperationKind.allCases)
  func everyKindHasANameOperandsAndWork(kind: OperationKind) throws {
    for sample in try kind.samples() {
      let operation = sample.operation
      #expect(!operation.name.isEmpty && !operation.name.contains(" "))
      #expect(operation.accesses.allSatisfy { !$0.label.isEmpty })
      #expect(Set(operation.accesses.map(\.label)).count == operation.accesses.count)
      #expect(operation.content.work > 0 && operation.content.units > 0 && operation.bytes > 0)
    }
  }

  /// Padding does not count, memory that two operands name counts once, and of a data set only the
  /// rows of the batch do.
  @Test func bytesAreThoseThatMustMove() throws {
    let (a, b, c) = (try matrix(5, 18), try matrix(5, 18), try matrix(5, 18))
    #expect(ReferenceOperation.add(a, b, into: c).bytes == 4 * 3 * 5 * 18)
    #expect(ReferenceOperation.add(a, b, into: a).bytes == 4 * 2 * 5 * 18)
    #expect(
      ReferenceOperation.bytes(of: [.add(a, b, into: c), .add(c, b, into: a)]) == 4 * 3 * 5 * 18)
    let gather = ReferenceOperation.gather(
      BatchIndices(try backend.makeIndices([Int32](repeating: 0, count: 1000)), count: 5),
      of: Examples(
        buffer: backend.makeBuffer(byteCount: 18_000), rows: 1000, columns: 18, element: .byte),
      scaling: .uniform(scale: 1, offset: 0), into: c)
    #expect(gather.bytes == 5 * 4 + 5 * 18 + 4 * 5 * 18)
  }
}
