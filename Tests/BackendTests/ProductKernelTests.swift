import Foundation
import Lamina
import LaminaCheck
import Support
import Testing

@testable import LaminaCPU

/// Those that this processor has.
private let instructionSets: [ProductCode.InstructionSet] = {
  guard ProductCode.version != nil else { return [] }
  let processor = Processor()
  return (processor.hasAVX2 ? [.avx2] : []) + (processor.hasAVX512 ? [.avx512] : [])
}()

/// Kernels that are written at run time: they touch what they should and nothing else, and threads
/// find them while others write more.
@Suite(.enabled(if: !instructionSets.isEmpty, "LIBXSMM's kernels need an x86-64 with AVX2"))
struct ProductKernelTests {
  /// A matrix that ends where the memory that may be touched ends.
  private final class MatrixAtTheEdge {
    let rows: Rows
    private let memory: UnsafeMutableRawPointer
    private let size: Int

    init(rows: Int, columns: Int, isTransposed: Bool = false, seed: UInt64) {
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let count = rows * columns
      size = (count * 4 + page - 1) / page * page
      memory = mmap(
        nil, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      mprotect(memory + size, page, PROT_NONE)
      let start = (memory + size - count * 4).assumingMemoryBound(to: Float.self)
      for (index, value) in DesignedData.integers(count, seed: seed).enumerated() {
        start[index] = value
      }
      self.rows = Rows(
        start: start, rows: rows, columns: columns, stride: isTransposed ? rows : columns,
        isTransposed: isTransposed)
    }

    deinit { munmap(memory, size + Int(sysconf(Int32(_SC_PAGESIZE)))) }

    func value(_ row: Int, _ column: Int) -> Double { Double(rows.at(row, column).pointee) }
  }

  /// Sums of whole numbers are exact in any order.
  @Test(
    arguments: instructionSets,
    [(1, 1, 1), (2, 3, 4), (33, 10, 7), (5, 17, 64), (96, 64, 3), (7, 63, 20)])
  func nothingBeyondTheOperandsIsTouched(
    set: ProductCode.InstructionSet, sizes: (rows: Int, columns: Int, depth: Int)
  ) throws {
    let kernels = ProductKernels(ProductCode(instructionSet: set).instructions)
    for (isTransposed, adds) in [(false, false), (true, false), (false, true), (true, true)] {
      let a = MatrixAtTheEdge(
        rows: sizes.rows, columns: sizes.depth, isTransposed: isTransposed, seed: 1)
      let b = MatrixAtTheEdge(rows: sizes.depth, columns: sizes.columns, seed: 2)
      let c = MatrixAtTheEdge(rows: sizes.rows, columns: sizes.columns, seed: 3)
      var expected: [Double] = []
      for row in 0..<sizes.rows {
        for column in 0..<sizes.columns {
          expected.append(
            (0..<sizes.depth).reduce(adds ? c.value(row, column) : 0) {
              $0 + a.value(row, $1) * b.value($1, column)
            })
        }
      }
      let kernel = try #require(
        kernels.kernel(
          for: ProductKernelShape(
            rows: sizes.rows, columns: sizes.columns, depth: sizes.depth, a.rows, b.rows,
            adds: adds, into: c.rows)))
      kernel.run(a.rows.start, b.rows.start, into: c.rows.start)
      let actual = (0..<sizes.rows * sizes.columns).map { Double(c.rows.start[$0]) }
      #expect(actual == expected, "transposed \(isTransposed), adds \(adds)")
    }
  }

  /// Far more shapes than the first table has room for, from several threads at once: each finds the
  /// kernel of its own shape, and all find the same.
  @Test func threadsFindWhatOthersWrite() throws {
    let set = try #require(instructionSets.last)
    let kernels = ProductKernels(ProductCode(instructionSet: set).instructions)
    let (rows, depth, threads) = (300, 2, 4)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let a = MatrixAtTheEdge(rows: rows, columns: depth, seed: 4)
      let b = MatrixAtTheEdge(rows: depth, columns: 1, seed: 5)
      for turn in 0..<rows {
        let count = (turn * 7 + thread * 75) % rows + 1
        let c = MatrixAtTheEdge(rows: count, columns: 1, seed: 6)
        let shape = ProductKernelShape(
          rows: count, columns: 1, depth: depth, a.rows, b.rows, adds: false, into: c.rows)
        kernels.kernel(for: shape)?.run(a.rows.start, b.rows.start, into: c.rows.start)
        let actual = (0..<count).map { c.value($0, 0) }
        let expected = (0..<count).map { row in
          a.value(row, 0) * b.value(0, 0) + a.value(row, 1) * b.value(1, 0)
        }
        #expect(actual == expected, "\(count) rows")
      }
    }
  }

  /// Each way in which the kernel of one of the shapes tried may be wrong.
  @Test(arguments: instructionSets)
  func theTrialFindsWrongKernels(set: ProductCode.InstructionSet) {
    let code = ProductCode(instructionSet: set)
    #expect(ProductKernelTrial.passes(ProductKernels(code.instructions)))
    let mistakes: [(inout ProductKernelShape) -> Void] = [
      { $0.depth -= 1 }, { $0.columns -= 1 }, { $0.rows -= 1 }, { $0.adds.toggle() },
    ]
    for (number, makeMistake) in mistakes.enumerated() {
      for isTransposed in [false, true] {
        let kernels = ProductKernels { shape in
          var written = shape
          if shape.isLeftTransposed == isTransposed { makeMistake(&written) }
          return code.instructions(for: written)
        }
        #expect(
          !ProductKernelTrial.passes(kernels), "mistake \(number), transposed \(isTransposed)")
      }
    }
  }

  /// Distances that instructions have no room for, and rows that overlap, are left to OpenBLAS.
  @Test(arguments: instructionSets)
  func rowsTooFarApartHaveNoKernel(set: ProductCode.InstructionSet) throws {
    let kernels = ProductKernels(ProductCode(instructionSet: set).instructions)
    let a = MatrixAtTheEdge(rows: 1, columns: 1024, seed: 1).rows
    for (stride, isPossible) in [(1 << 19, false), ((1 << 19) - 1, true), (1, true), (0, false)] {
      let b = Rows(start: a.start, rows: 1024, columns: 1, stride: stride, isTransposed: false)
      let shape = ProductKernelShape(rows: 1, columns: 1, depth: 1024, a, b, adds: false, into: a)
      #expect((kernels.kernel(for: shape) != nil) == isPossible, "\(stride) floats apart")
    }
  }

  @Test func theDescriptionNamesTheLibrary() throws {
    let backend = try CPUBackend()
    #expect(backend.device.libraries["LIBXSMM"] == ProductCode.version)
    for variant in CPUBackend.Variant.methods {
      let driver = try CPUBackend(variant: variant).device.driver
      #expect(driver.contains("LIBXSMM") == (variant.name != "OpenBLAS"), "\(variant.name)")
    }
  }
}
