import Lamina

/// Dropout in several steps.
struct DropNumbers: CheckedUse {
  let rows, columns: Int
  var rate: Float = 0.5
  var seed: UInt64 = 0x1234_5678_9ABC_DEF0
  var steps = [1, 2, 3_000_000_000]
  var rowOffset = 0
  var adding = false
  var isInPlace = false
  var input: [Float]?

  func results<B: Backend>(on backend: B) throws -> [[Float]] {
    let input = try backend.guarded(
      self.input ?? DesignedData.integers(rows * columns, seed: 91), rows: rows, columns: columns)
    let output = try backend.guarded(
      DesignedData.integers(rows * columns, seed: 92), rows: rows, columns: columns)
    let mask = DropoutMask(rate: rate, seed: seed, stream: 3 << 32 | 5)
    let target = isInPlace ? input : output
    let prepared = try backend.prepare([
      .dropout(input.matrix, mask, into: target.matrix, adding: adding)
    ])
    return try steps.map { step in
      try backend.run(prepared, with: StepArguments(step: step, rowOffset: rowOffset))
      return try target.values()
    } + [try input.values()]
  }
}
