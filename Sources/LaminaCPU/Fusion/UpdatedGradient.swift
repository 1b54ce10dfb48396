import Lamina

/// A gradient of a dense layer with its part of an update.
struct UpdatedGradient {
  /// The operation that makes the gradient.
  let operation: Operation<CPUBackend>
  /// The elements of the update, up to the next multiple of sixteen. The elements after the tensor
  /// belong to no other tensor.
  let range: Range<Int>
  /// The update of these elements.
  let update: Operation<CPUBackend>.Update
  private let kind: Kind

  private enum Kind {
    case weights(Operation<CPUBackend>.Matmul)
    case bias(Operation<CPUBackend>.ColumnSums)
  }

  private static let profileName = "DenseUpdates"

  /// Nil where the operation makes no part of the update's gradients.
  init?(_ operation: Operation<CPUBackend>, _ whole: Operation<CPUBackend>.Update) {
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
    let numbers = update.numbers(of: step, on: backend)
    let (formula, coefficients) = (step.formula, step.coefficients)
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
        formula(numbers, rows.lowerBound * gradient.stride..<end, coefficients)
      }, matmul.accesses + updateAccesses)
    return group
  }

  private func biasTasks(
    _ sums: Operation<CPUBackend>.ColumnSums, _ step: OptimizerStep, on backend: CPUBackend
  ) -> TaskGroup {
    let (source, gradient, beta) = (Rows(sums.matrix), Elements(sums.sums), sums.beta)
    let updated = Elements(update.parameters)
    let numbers = update.numbers(of: step, on: backend)
    let (formula, coefficients) = (step.formula, step.coefficients)
    let accesses = sums.accesses + updateAccesses
    var group = TaskGroup(method: TaskGroup.vectors)
    group.add(
      CPUTask(
        Self.profileName, work: 2 * sums.work + updateWork, rows: sums.units,
        size: .bytes(TaskGroup.byteCount(of: accesses)), numbers: step
      ) { part in
        source.sumColumns(part.elements(of: gradient), beta: beta, into: gradient)
        formula(numbers, part.elements(of: updated), coefficients)
      }, accesses)
    return group
  }
}
