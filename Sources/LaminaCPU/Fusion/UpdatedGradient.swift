import CProcessor
import Lamina

/// A gradient of a dense layer with its part of an update, and of the decay before it.
struct UpdatedGradient {
  /// The operation that makes the gradient.
  let operation: Operation<CPUBackend>
  /// The elements of the update, up to the next multiple of sixteen. The elements after the tensor
  /// belong to no other tensor.
  let range: Range<Int>
  /// The update of these elements.
  let update: Operation<CPUBackend>.Update
  /// The decay of these elements, if they decay, and their place in the vector that does.
  private let decay: Operation<CPUBackend>.Decay?
  let decayedRange: Range<Int>?
  private let kind: Kind

  private enum Kind {
    case weights(Operation<CPUBackend>.Matmul)
    case bias(Operation<CPUBackend>.ColumnSums)
  }

  private static let profileName = "DenseUpdates"

  /// Nil where the operation makes no part of the update's gradients, or where only some of its
  /// parameters decay.
  init?(
    _ operation: Operation<CPUBackend>, _ whole: Operation<CPUBackend>.Update,
    after decay: Operation<CPUBackend>.Decay?
  ) {
    let gradient: Vector<CPUBackend>
    switch operation {
    case .matmul(let matmul):
      kind = .weights(matmul)
      gradient = matmul.c.memory
    case .columnSums(let sums):
      kind = .bias(sums)
      gradient = sums.sums
    default: return nil
    }
    let start = gradient.offset - whole.gradients.offset
    guard gradient.buffer === whole.gradients.buffer, start >= 0,
      start + gradient.count <= whole.gradients.count
    else { return nil }
    self.operation = operation
    range = start..<min(start + gradient.vectors * 16, whole.gradients.count)
    update = whole.part(from: start, count: range.count)
    guard let decay, Operation<CPUBackend>.decay(decay).dependsOn(.update(update)) else {
      (self.decay, decayedRange) = (nil, nil)
      return
    }
    let first = update.parameters.offset - decay.weights.offset
    guard first >= 0, first + gradient.count <= decay.weights.count else { return nil }
    let decayed = first..<min(first + range.count, decay.weights.count)
    self.decay = decay.part(from: first, count: decayed.count)
    decayedRange = decayed
  }

  /// The operations that change its parameters.
  var changes: [Operation<CPUBackend>] {
    (decay.map { [.decay($0)] } ?? []) + [.update(update)]
  }

  /// True if each part can make its own share of the gradient and update by it at once.
  var isCutAlike: Bool { operation.accesses.allowSamePhase(as: updateAccesses) }

  /// The memory that the update reads and writes, cut as the gradient is.
  private var updateAccesses: [Access<CPUBackend>] {
    guard case .weights(let matmul) = kind else { return update.accesses }
    func rows(_ vector: Vector<CPUBackend>, _ use: Access<CPUBackend>.Use) -> Access<CPUBackend> {
      let shape = matmul.c
      return .matrix(
        "part of the update",
        Matrix(
          buffer: vector.buffer, offset: vector.offset, rows: shape.rows, columns: shape.columns,
          stride: shape.stride), use, .rows)
    }
    return [rows(update.gradients, .read)] + update.state.map { rows($0, .update) }
      + [rows(update.parameters, .update)]
  }

  /// Plain gradient descent is a small part of any product's work.
  private var updateWork: Int { update.state.isEmpty ? 0 : update.work }

  /// Each thread makes its share of the gradient and updates by it.
  func tasks(_ step: OptimizerStep, on backend: CPUBackend) -> TaskGroup {
    switch kind {
    case .weights(let matmul): weightTasks(matmul, step, on: backend)
    case .bias(let sums): biasTasks(sums, step, on: backend)
    }
  }

  private func weightTasks(
    _ matmul: Operation<CPUBackend>.Matmul, _ step: OptimizerStep, on backend: CPUBackend
  ) -> TaskGroup {
    let (left, right, gradient) = (Rows(matmul.a), Rows(matmul.b), Rows(matmul.c))
    let (alpha, beta, count) = (matmul.alpha, matmul.beta, range.count)
    let change = ElementChange(decay, update, by: step, on: backend)
    var group = TaskGroup(method: backend.products.method(alpha: alpha, beta: beta, right))
    group.add(
      CPUTask(
        Self.profileName, work: matmul.work + updateWork, rows: matmul.units,
        size: ProductTasks(product: matmul).size, numbers: step
      ) { [products = backend.products] part in
        let rows = part.rows(of: gradient.rows)
        products.matmul(rows: rows, left, right, alpha: alpha, beta: beta, into: gradient)
        // The last part includes the elements after the last row.
        let end = rows.upperBound == gradient.rows ? count : rows.upperBound * gradient.stride
        change.apply(to: rows.lowerBound * gradient.stride..<end, part.arguments)
      }, matmul.accesses + updateAccesses)
    return group
  }

  private func biasTasks(
    _ sums: Operation<CPUBackend>.ColumnSums, _ step: OptimizerStep, on backend: CPUBackend
  ) -> TaskGroup {
    let (source, gradient, beta) = (Rows(sums.matrix), Elements(sums.sums), sums.beta)
    let updated = Elements(update.parameters)
    let change = ElementChange(decay, update, by: step, on: backend)
    let accesses = sums.accesses + updateAccesses
    var group = TaskGroup(method: TaskGroup.vectors)
    group.add(
      CPUTask(
        Self.profileName, work: 2 * sums.work + updateWork, rows: sums.units,
        size: .bytes(TaskGroup.byteCount(of: accesses)), numbers: step
      ) { part in
        source.sumColumns(part.elements(of: gradient), beta: beta, into: gradient)
        change.apply(to: part.elements(of: updated), part.arguments)
      }, accesses)
    return group
  }
}

/// The change of consecutive parameters: their decay, if they decay, and the optimiser's formula.
private struct ElementChange {
  private let numbers: UpdatedNumbers
  private let formula: OptimizerFormula
  private let coefficients: UnsafePointer<Float>
  /// The number of elements that decay, from the first on.
  private let decayedCount: Int
  private let decay, learningRate: Float

  init(
    _ decay: Operation<CPUBackend>.Decay?, _ update: Operation<CPUBackend>.Update,
    by step: OptimizerStep, on backend: CPUBackend
  ) {
    numbers = update.numbers(of: step, on: backend)
    (formula, coefficients) = (step.formula, step.coefficients)
    decayedCount = decay?.weights.count ?? 0
    (self.decay, learningRate) = (decay?.decay ?? 0, decay?.learningRate ?? 0)
  }

  @inline(__always)
  func apply(to range: Range<Int>, _ arguments: StepArguments) {
    if range.lowerBound < decayedCount {
      let kept = arguments.share(keptBy: decay, learningRate: learningRate)
      scaleNumbers(
        numbers.parameters + range.lowerBound, min(range.count, decayedCount - range.lowerBound),
        kept)
    }
    formula(numbers, range, coefficients)
  }
}
