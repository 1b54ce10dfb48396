import Lamina

extension Activation {
  /// `output = f(input + bias)` in the given rows. Input and output can be the same memory.
  func apply(
    to input: Rows, bias: UnsafeMutablePointer<Float>?, rows: Range<Int>, into output: Rows
  ) {
    elementwise(Application(input: input, bias: bias, rows: rows, output: output))
  }

  /// `delta = delta · f'`. The derivative is computed from `saved`: the output of `f`, or its
  /// argument.
  func applyDerivative(to delta: Rows, rows: Range<Int>, saved: Rows) {
    if self != .identity { elementwise(Derivation(delta: delta, rows: rows, saved: saved)) }
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

/// `delta = delta · f'`.
private struct Derivation: ElementwiseActivationUse {
  let delta: Rows
  let rows: Range<Int>
  let saved: Rows

  @inline(__always)
  func use(_ activation: some ElementwiseActivation) {
    let hasPadding = delta.hasPadding && saved.hasPadding
    for row in rows {
      delta[row].combine(with: saved[row], count: delta.columns, hasPadding: hasPadding) {
        activation.backward($0, $1)
      }
    }
  }
}
