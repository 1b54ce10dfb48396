extension Backend {
  /// A vector of zeros.
  public func makeVector(count: Int) throws(BackendError) -> Vector<Self> {
    Vector(buffer: try makeBuffer(byteCount: count * MemoryLayout<Float>.stride), count: count)
  }

  /// A vector with the given values.
  public func makeVector(_ values: [Float]) throws(BackendError) -> Vector<Self> {
    let vector = try makeVector(count: values.count)
    try write(values.span.bytes, to: vector.buffer, at: 0)
    return vector
  }

  /// A matrix of zeros whose rows start at multiples of ``MatrixLayout/rowAlignment``.
  public func makeMatrix(rows: Int, columns: Int) throws(BackendError) -> Matrix<Self> {
    let stride = MatrixLayout.stride(columns: columns)
    return Matrix(
      buffer: try makeBuffer(byteCount: rows * stride * MemoryLayout<Float>.stride),
      rows: rows, columns: columns, stride: stride)
  }

  /// A matrix with the given values, row by row.
  public func makeMatrix(
    _ values: [Float], rows: Int, columns: Int
  ) throws(BackendError) -> Matrix<Self> {
    precondition(values.count == rows * columns, "\(values.count) values for \(rows)×\(columns)")
    let matrix = try makeMatrix(rows: rows, columns: columns)
    try write(values, to: matrix)
    return matrix
  }

  /// Row numbers or labels.
  public func makeIndices(_ values: [Int32]) throws(BackendError) -> Indices<Self> {
    let buffer = try makeBuffer(byteCount: values.count * MemoryLayout<Int32>.stride)
    try write(values.span.bytes, to: buffer, at: 0)
    return Indices(buffer: buffer, count: values.count)
  }

  /// Uploads the inputs of a data set as ``StoredInputs``: bytes stay bytes, and other numbers have
  /// the centres of `scaling` subtracted.
  public func makeExamples(
    _ dataset: Dataset, for scaling: InputScaling = .identity
  ) throws(BackendError) -> Examples<Self> {
    switch StoredInputs(dataset, for: scaling) {
    case .bytes(let bytes):
      let buffer = try makeBuffer(byteCount: bytes.count)
      try write(bytes.span.bytes, to: buffer, at: 0)
      return Examples(
        buffer: buffer, rows: dataset.count, columns: dataset.features, element: .byte)
    case .floats(let floats): return try makeExamples(floats, columns: dataset.features)
    }
  }

  /// Uploads rows of `columns` floats.
  public func makeExamples(_ values: [Float], columns: Int) throws(BackendError) -> Examples<Self> {
    let vector = try makeVector(values)
    return Examples(
      buffer: vector.buffer, rows: values.count / columns, columns: columns, element: .float)
  }

  /// Uploads the right answers of a data set.
  ///
  /// Numbers are scaled by `targetScaling`. If the target is the input, the inputs are scaled by
  /// `inputScaling`.
  ///
  /// - Precondition: The scalings fit the data set.
  public func makeTargets(
    _ dataset: Dataset, inputScaling: InputScaling = .identity, targetScaling: TargetScaling? = nil
  ) throws(BackendError) -> LossTargets<Self> {
    switch dataset.targets {
    case .classes(let labels, _): return .labels(try makeIndices(labels))
    case .labels(let values, let names):
      return .values(try makeExamples(values, columns: names.count))
    case .values(let values, let names):
      let scaled = targetScaling?.scaled(values) ?? values.map { Float($0) }
      return .values(try makeExamples(scaled, columns: names.count))
    case .inputs:
      return .values(
        try makeExamples(dataset.scaledInputs(by: inputScaling), columns: dataset.features))
    }
  }

  /// Uploads the map of stored inputs, where it is one for each feature.
  public func makeScaling(_ scaling: InputScaling) throws(BackendError) -> DeviceScaling<Self> {
    switch scaling {
    case .uniform(let scale, let offset): .uniform(scale: scale, offset: offset)
    case .perFeature(_, let scales, let offsets):
      .perFeature(scales: try makeVector(scales), offsets: try makeVector(offsets))
    }
  }

  /// Overwrites a matrix that is not transposed with the given values, row by row. The padding
  /// becomes 0.
  public func write(_ values: [Float], to matrix: Matrix<Self>) throws(BackendError) {
    precondition(!matrix.isTransposed && values.count == matrix.rows * matrix.columns)
    guard matrix.stride != matrix.columns else {
      return try write(
        values.span.bytes, to: matrix.buffer, at: matrix.offset * MemoryLayout<Float>.stride)
    }
    var padded = [Float](repeating: 0, count: matrix.rows * matrix.stride)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        padded[row * matrix.stride + column] = values[row * matrix.columns + column]
      }
    }
    try write(padded.span.bytes, to: matrix.buffer, at: matrix.offset * MemoryLayout<Float>.stride)
  }

  /// Overwrites a vector.
  public func write(_ values: [Float], to vector: Vector<Self>) throws(BackendError) {
    precondition(values.count == vector.count)
    try write(values.span.bytes, to: vector.buffer, at: vector.offset * MemoryLayout<Float>.stride)
  }

  /// The values of a vector. Waits for the device.
  public func values(of vector: Vector<Self>) throws(BackendError) -> [Float] { try floats(vector) }

  /// The values of a matrix that is not transposed, row by row. Waits for the device.
  public func values(of matrix: Matrix<Self>) throws(BackendError) -> [Float] {
    var values: [Float] = []
    var padded: [Float] = []
    try append(matrix, to: &values, by: &padded)
    return values
  }

  /// Appends the values of a matrix that is not transposed, row by row. Waits for the device.
  ///
  /// - Parameter padded: Reusable memory for rows with their padding.
  func append(
    _ matrix: Matrix<Self>, to values: inout [Float], by padded: inout [Float]
  ) throws(BackendError) {
    precondition(!matrix.isTransposed)
    let memory = matrix.memory
    if padded.count != memory.count { padded = [Float](repeating: 0, count: memory.count) }
    var span = padded.mutableSpan
    var bytes = span.mutableBytes
    try read(memory.buffer, at: memory.offset * MemoryLayout<Float>.stride, into: &bytes)
    values.reserveCapacity(values.count + matrix.rows * matrix.columns)
    if matrix.stride == matrix.columns {
      values += padded[..<memory.count]
      return
    }
    for row in 0..<matrix.rows {
      values += padded[row * matrix.stride..<row * matrix.stride + matrix.columns]
    }
  }

  private func floats(_ vector: Vector<Self>) throws(BackendError) -> [Float] {
    var values = [Float](repeating: 0, count: vector.count)
    var span = values.mutableSpan
    var bytes = span.mutableBytes
    try read(vector.buffer, at: vector.offset * MemoryLayout<Float>.stride, into: &bytes)
    return values
  }
}
