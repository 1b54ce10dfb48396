import Lamina

/// The formula of an optimiser over some consecutive elements, with the coefficients of the step in
/// the order of ``OptimizerRule/coefficients(_:)``. It is a plain function, so that threads count
/// no references.
typealias OptimizerFormula = @Sendable (UpdatedNumbers, Range<Int>, UnsafePointer<Float>) -> Void

/// The formulas of all optimisers.
enum OptimizerFormulas {
  private static let byName: [String: OptimizerFormula] = [
    Adagrad.name: adagrad, Adam.name: adam, Lion.name: lion, RMSProp.name: rmsProp, SGD.name: sgd,
  ]

  /// The formula of the rule called `name`.
  static func formula(_ name: String) -> OptimizerFormula {
    guard let formula = byName[name] else {
      preconditionFailure(
        "the CPU backend has no formula for the optimiser '\(name)'; it has "
          + byName.keys.sorted().joined(separator: ", "))
    }
    return formula
  }
}

/// The numbers that an optimiser reads and changes, by address.
struct UpdatedNumbers {
  let parameters, gradients: UnsafeMutablePointer<Float>
  /// The addresses of the numbers that it keeps, in the order of ``OptimizerRule/state``.
  let state: UnsafePointer<UnsafeMutablePointer<Float>>
  /// The number of states of each parameter.
  let stateCount: Int
  /// `y += alpha · x`.
  let add: OpenBLAS.Axpy
}

extension Range<Int> {
  /// Parts that stay in the nearest cache while a formula goes through them several times.
  var blocks: some Sequence<Range<Int>> {
    stride(from: lowerBound, to: upperBound, by: 1024).lazy
      .map { $0..<Swift.min($0 + 1024, upperBound) }
  }
}

/// An optimiser with the coefficients of the step under way.
final class OptimizerStep: StepNumbers {
  let formula: OptimizerFormula
  let coefficients: UnsafePointer<Float>
  private let rule: any OptimizerRule
  private let memory: UnsafeMutablePointer<Float>
  private let count: Int
  private var addresses: [UnsafeMutablePointer<UnsafeMutablePointer<Float>>] = []

  init(_ rule: any OptimizerRule) {
    self.rule = rule
    formula = OptimizerFormulas.formula(rule.name)
    count = rule.coefficients(StepArguments()).count
    memory = .allocate(capacity: max(1, count))
    memory.initialize(repeating: 0, count: max(1, count))
    coefficients = UnsafePointer(memory)
  }

  deinit {
    memory.deallocate()
    for table in addresses { table.deallocate() }
  }

  func compute(for arguments: StepArguments) {
    let coefficients = rule.coefficients(arguments)
    precondition(
      coefficients.count == count,
      "the optimiser '\(rule.name)' has \(coefficients.count) coefficients where it had \(count)")
    for index in 0..<count { memory[index] = coefficients[index] }
  }

  /// A table of addresses that lives as long as this.
  func table(
    _ pointers: [UnsafeMutablePointer<Float>]
  ) -> UnsafePointer<UnsafeMutablePointer<Float>> {
    let table = UnsafeMutablePointer<UnsafeMutablePointer<Float>>.allocate(
      capacity: max(1, pointers.count))
    for (index, pointer) in pointers.enumerated() {
      (table + index).initialize(to: pointer)
    }
    addresses.append(table)
    return UnsafePointer(table)
  }
}
