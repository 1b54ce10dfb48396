public import Lamina

extension CPUBackend {
  /// Each thread changes its rows.
  public func enqueueActivation(
    _ activation: Activation, of input: Matrix<CPUBackend>, bias: Vector<CPUBackend>?,
    into output: Matrix<CPUBackend>
  ) {
    let (inputs, outputs) = (Rows(input), Rows(output))
    let addend = bias?.storage.floats
    var accesses: [CPUTask.Access] = [.readsRows(input), .writesRows(output)]
    if let bias { accesses.append(.reads(bias.storage)) }
    submit(
      CPUTask(accesses: accesses, work: 4 * output.rows * output.columns, rows: output.rows) {
        part in
        let rows = part.rows(of: outputs.rows)
        activation.apply(to: inputs, bias: addend, rows: rows, into: outputs)
      })
  }
}

extension Activation {
  /// `output = f(input + bias)` in the given rows; in place where both are the same.
  func apply(
    to input: Rows, bias: UnsafeMutablePointer<Float>?, rows: Range<Int>, into output: Rows
  ) {
    elementwise(Application(input: input, bias: bias, rows: rows, output: output))
  }
}

/// `output = f(input + bias)`.
private struct Application: ElementwiseActivationUse {
  let input: Rows
  let bias: UnsafeMutablePointer<Float>?
  let rows: Range<Int>
  let output: Rows

  @inline(__always)
  func use(_ activation: some ElementwiseActivation) {
    let hasPadding = input.hasPadding && output.hasPadding
    for row in rows {
      let source = input[row]
      if let bias {
        output[row].assign(source, bias, count: output.columns, hasPadding: hasPadding) {
          activation.value($0 + $1)
        }
      } else {
        output[row].assign(source, source, count: output.columns, hasPadding: hasPadding) { x, _ in
          activation.value(x)
        }
      }
    }
  }
}
