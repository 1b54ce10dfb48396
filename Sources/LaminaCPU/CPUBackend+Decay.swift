public import Lamina

extension CPUBackend {
  /// Each thread changes its part.
  public func enqueueDecay(_ weights: Vector<CPUBackend>, by decay: Float, learningRate: Float) {
    let w = Elements(weights).start
    submitFlat(weights, work: 1) { range, arguments in
      let kept = arguments.share(keptBy: decay, learningRate: learningRate)
      for index in range { w[index] *= kept }
    }
  }
}
