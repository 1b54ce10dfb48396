import Lamina
import Testing

@testable import LaminaBenchmark
@testable import LaminaMeasurement
@testable import LaminaText

@Suite("Benchmark cases") struct CasesTests {
  @Test("The products of all layers are the arithmetic of a step", arguments: NetworkRow.table)
  func products(row: NetworkRow) {
    let operations = MatmulBenchmark.products(of: row).reduce(0) { $0 + $1.work.operations }
    #expect(operations == row.description.trainingOperationsPerExample * row.batchSize)
  }

  @Test("The composites are the arithmetic of a step, too", arguments: NetworkRow.table)
  func composites(row: NetworkRow) {
    let operations = DenseBenchmark.operations(of: row).reduce(0) { $0 + $1.work.operations }
    #expect(operations == row.description.trainingOperationsPerExample * row.batchSize)
  }

  @Test("A fifth of the bytes are not zero, whatever the size of an example")
  func bytes() throws {
    let row = NetworkRow(sizes: [37, 5, 3], batchSize: 4)
    let dataset = SyntheticData.dataset(for: row, count: 1001)
    guard case .bytes(let bytes) = dataset.inputs else { throw InputError("no bytes") }
    let share = Double(bytes.count { $0 != 0 }) / Double(bytes.count)
    #expect(abs(share - 0.2) < 0.01)
    #expect(Set(bytes).count > 50)
  }

  @Test("Batches follow each other and begin again before one would be short")
  func walk() {
    let walk = BatchWalk(batchSize: 3, dataCount: 8)
    let steps = (0..<5).map { _ in walk.next() }
    #expect(steps.map(\.firstIndex) == [0, 3, 0, 3, 0])
    #expect(steps.map(\.step) == [1, 2, 3, 4, 5], "optimisers and dropout count steps")
  }
}
