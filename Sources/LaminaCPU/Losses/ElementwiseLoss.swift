import Lamina

/// A loss that is a sum over outputs, sixteen of them at a time.
protocol ElementwiseLoss {
  /// The term of outputs `h` with the right answers `y`.
  func loss(_ h: Floats, _ y: Floats) -> Floats
  /// Its derivative by `h`.
  func delta(_ h: Floats, _ y: Floats) -> Floats
}

extension LossRows {
  /// `loss = Σ l(h, y)`, `delta = l'(h, y) · f'(h) · scale`.
  @inline(__always)
  func elementwise(_ loss: some ElementwiseLoss, row: Int, example: Int) {
    let count = outputs.columns
    let (outputs, delta) = (outputs[row], delta[row])
    let target = target(of: example)
    let prediction = Self.largest(outputs, count)
    let isHit = prediction == target.largest(count) && !outputs[prediction].isNaN
    let weight = weight(of: example)
    let derivation = OutputDerivative()
    var sum: Float = 0
    var column = 0
    // Processes vector by vector, because the delta can overwrite the outputs.
    while column < count {
      let h = outputs.vector(at: column, before: count, hasPadding: self.outputs.hasPadding)
      let y = target.vector(at: column, before: count)
      sum += loss.loss(h, y).zeroed(from: min(16, count - column)).sum()
      let change = derivation.apply(activation, loss.delta(h, y), h) * (scale * weight)
      delta.store(change, at: column, before: count, hasPadding: self.delta.hasPadding)
      column += 16
    }
    losses[row] += sum * weight * lossScale
    if isHit { hits[row] += 1 }
  }
}

/// `delta · f'`, for the sixteen outputs at hand.
private struct OutputDerivative {
  private struct Use: ElementwiseActivationUse {
    let delta, output: Floats

    @inline(__always)
    func use(_ activation: some ElementwiseActivation) -> Floats {
      activation.backward(delta, output)
    }
  }

  @inline(__always)
  func apply(_ activation: Activation, _ delta: Floats, _ output: Floats) -> Floats {
    activation.elementwise(Use(delta: delta, output: output))
  }
}

extension TargetRow {
  /// The right answers from `column` on, as far as they lie before `count`.
  @inline(__always)
  func vector(at column: Int, before count: Int) -> Floats {
    switch self {
    case .values(let values): return values.vector(at: column, before: count, hasPadding: false)
    case .label(let label):
      var vector = Floats.zero
      if (column..<column + 16).contains(label) { vector[label - column] = 1 }
      return vector
    }
  }
}
