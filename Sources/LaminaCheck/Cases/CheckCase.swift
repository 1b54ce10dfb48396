import Lamina
import LaminaReference

/// A use of operations, and the tolerance of its results.
package struct CheckCase: Sendable {
  package let use: any CheckedUse
  package let tolerance: Tolerance
  /// The product, if the case is a single one.
  package let product: ProductUse?

  /// The results in double precision, rounded once.
  package func expected() throws -> [[Float]] { try use.results(on: ReferenceBackend()) }
}

/// The properties of a product that determine which methods can compute it.
package struct ProductUse: Sendable, Hashable {
  /// The computation that follows the sums.
  package enum Epilogue: Sendable { case plain, activation, derivative, update }

  package let rows, columns, depth: Int
  package let transposesA, transposesB: Bool
  /// Whether the row stride is a multiple of the widest vector.
  package let isPadded: Bool
  package let epilogue: Epilogue
  /// Whether a factor is infinite. TF32X3 makes NaN of it: what TF32 leaves of infinity is none.
  package var hasInfinities = false

  /// Whether the strides of all matrices that methods read by vectors are multiples of `width`.
  package func hasPaddedRows(width: Int) -> Bool {
    var lengths = [transposesB ? depth : columns, columns]
    if transposesB { lengths.append(transposesA ? rows : depth) }
    return lengths.allSatisfy {
      (isPadded ? MatrixLayout.stride(columns: $0) : $0) % width == 0
    }
  }
}

/// The cases of one operation, which are a line in the report of a check.
package struct CheckGroup: Sendable, CustomStringConvertible {
  package let name: String
  private let make: @Sendable (inout CaseList) -> Void

  init(_ name: String, _ make: @escaping @Sendable (inout CaseList) -> Void) {
    self.name = name
    self.make = make
  }

  package var description: String { name }

  /// All cases. They are made on each access, because their operands take memory.
  package var cases: [CheckCase] {
    var list = CaseList()
    make(&list)
    return list.cases
  }
}

/// A list of cases that is being made.
struct CaseList {
  fileprivate(set) var cases: [CheckCase] = []

  mutating func add(_ use: some CheckedUse, _ tolerance: Tolerance, product: ProductUse? = nil) {
    cases.append(CheckCase(use: use, tolerance: tolerance, product: product))
  }
}
