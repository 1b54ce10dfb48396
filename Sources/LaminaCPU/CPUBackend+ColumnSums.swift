public import Lamina

extension CPUBackend {
  /// Each thread sums its columns, from the first row to the last.
  public func enqueueColumnSums(
    of matrix: Matrix<CPUBackend>, beta: Float, into sums: Vector<CPUBackend>
  ) {
    submit(
      CPUTask(
        accesses: [.reads(matrix.storage), .writesVectors(sums)],
        work: matrix.rows * matrix.columns, rows: sums.vectors
      ) { part in
        Self.sumColumns(of: matrix, part.elements(of: sums), beta: beta, into: sums)
      })
  }

  /// `sums[j] = Σ_i matrix[i, j] + beta · sums[j]` for the columns `columns`.
  static func sumColumns(
    of matrix: Matrix<CPUBackend>, _ columns: Range<Int>, beta: Float,
    into sums: Vector<CPUBackend>
  ) {
    let target = sums.storage.floats + columns.lowerBound
    for index in 0..<columns.count {
      // With beta 0 the old value may be anything, NaN too.
      target[index] = beta == 0 ? 0 : beta * target[index]
    }
    for row in 0..<matrix.rows {
      let source = matrix.row(row) + columns.lowerBound
      for index in 0..<columns.count { target[index] += source[index] }
    }
  }
}

extension Vector<CPUBackend> {
  /// The number of sixteens, the last perhaps not full: how work on a vector is split.
  var vectors: Int { (count + 15) / 16 }
}

extension CPUTask.Access {
  /// Each thread writes its own sixteens.
  static func writesVectors(_ vector: Vector<CPUBackend>) -> CPUTask.Access {
    .writes(vector.storage, division(of: vector))
  }

  /// Each thread reads its own sixteens.
  static func readsVectors(_ vector: Vector<CPUBackend>) -> CPUTask.Access {
    .reads(vector.storage, division(of: vector))
  }

  private static func division(of vector: Vector<CPUBackend>) -> Division {
    .byRows(
      rows: vector.vectors, stride: 16,
      start: UnsafeRawPointer(vector.storage.bytes.baseAddress.unsafelyUnwrapped))
  }
}

extension CPUTask.Part {
  /// The elements of a vector that are this thread's: whole sixteens but for the end.
  @inline(__always)
  func elements(of vector: Vector<CPUBackend>) -> Range<Int> {
    let mine = rows(of: vector.vectors)
    return min(mine.lowerBound * 16, vector.count)..<min(mine.upperBound * 16, vector.count)
  }
}
