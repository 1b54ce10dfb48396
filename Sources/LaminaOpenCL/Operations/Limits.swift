import Lamina

extension CommandEncoder {
  /// By `clip.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.Clip) throws(BackendError) {
    let (vector, limit) = (operation.vector, operation.limit)
    try addFlat(.clip, count: vector.count, [.float(limit), .buffer(vector)])
  }

  /// By `clip_norm.cl`: each group adds up the sums for itself, so that no group waits.
  func encode(_ operation: Operation<OpenCLBackend>.ClipNorm) throws(BackendError) {
    let (vector, squares, limit) = (operation.vector, operation.squares, operation.limit)
    try addFlat(
      .clipNorm, count: vector.count,
      [
        .count(squares.count), .float(limit), .buffer(squares), .buffer(vector),
        .localEach(MemoryLayout<Float>.stride),
      ])
  }
}

extension CommandEncoder {
  /// By `decay.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.Decay) throws(BackendError) {
    let (weights, decay, learningRate) = (
      operation.weights, operation.decay, operation.learningRate
    )
    try addFlat(
      .decay, count: weights.count,
      [
        .eachStep { $0.share(keptBy: decay, learningRate: learningRate) },
        .buffer(weights),
      ])
  }
}

extension CommandEncoder {
  /// By `column_norm_limit.cl`.
  func encode(_ operation: Operation<OpenCLBackend>.ColumnNormLimit) throws(BackendError) {
    let (matrix, limit) = (operation.matrix, operation.limit)
    try add(
      .columnNormLimit, macros: [],
      [
        .count(matrix.rows), .count(matrix.columns), .count(matrix.stride), .float(limit),
        .buffer(matrix),
        columnScratch,
      ], IndexSpace.columns(matrix.columns))
  }
}
