import Lamina

extension KernelCalls {
  /// By `clip.cl`.
  func call(_ operation: Operation<OpenCLBackend>.Clip) -> KernelCall {
    let (vector, limit) = (operation.vector, operation.limit)
    return flat(.clip, count: vector.count, [.float(limit), .buffer(vector)])
  }

  /// By `clip_norm.cl`: each group adds up the sums for itself, so that no group waits.
  func call(_ operation: Operation<OpenCLBackend>.ClipNorm) -> KernelCall {
    let (vector, squares, limit) = (operation.vector, operation.squares, operation.limit)
    return flat(
      .clipNorm, count: vector.count,
      [
        .count(squares.count), .float(limit), .buffer(squares), .buffer(vector),
        rowScratch,
      ])
  }
}

extension KernelCalls {
  /// By `decay.cl`.
  func call(_ operation: Operation<OpenCLBackend>.Decay) -> KernelCall {
    let (weights, decay, learningRate) = (
      operation.weights, operation.decay, operation.learningRate
    )
    return flat(
      .decay, count: weights.count,
      [
        .keptShare(decay: decay, learningRate: learningRate), .buffer(weights),
      ])
  }
}

extension KernelCalls {
  /// By `column_norm_limit.cl`.
  func call(_ operation: Operation<OpenCLBackend>.ColumnNormLimit) -> KernelCall {
    let (matrix, limit) = (operation.matrix, operation.limit)
    return byColumns(
      .columnNormLimit, columns: matrix.columns,
      [
        .count(matrix.rows), .count(matrix.stride), .float(limit), .buffer(matrix), columnScratch,
      ])
  }
}
