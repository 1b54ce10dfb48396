import LaminaMath

extension NetworkDescription {
  /// The outputs as numbers in the unit of the data, or as probabilities if the targets are
  /// probabilities.
  ///
  /// They are in the order of the outputs (``Loss/outputParts``): the means of counts, quantiles in
  /// ascending order, or means and standard deviations. Quantiles that cross are put in order, which
  /// never makes their pinball loss larger (Chernozhukov, Fernández-Val and Galichon, 2010). Those
  /// of an example with an output that is NaN are left as they are.
  public func numbers(_ outputs: [Float]) -> [Double] {
    switch loss {
    case .poisson: outputs.map { exp(Double($0)) }
    case .quantile(let levels): ordered(restored(outputs), levels: levels.count)
    case .gaussianLikelihood(let epsilon): distributions(outputs, least: Double(epsilon))
    default: tellsProbabilities ? probabilities(outputs) : restored(outputs)
    }
  }

  private func restored(_ outputs: [Float]) -> [Double] {
    targetScaling?.restored(outputs) ?? outputs.map { Double($0) }
  }

  private func probabilities(_ outputs: [Float]) -> [Double] {
    let (logits, count) = (logits(outputs), self.outputs)
    return stride(from: 0, to: logits.count, by: count).flatMap { start in
      Softmax.probabilities(logits[start..<start + count])
    }
  }

  private func ordered(_ quantiles: [Double], levels: Int) -> [Double] {
    var ordered = quantiles
    let targets = targets
    for start in stride(from: 0, to: quantiles.count, by: outputs) {
      for target in 0..<targets {
        let places = (0..<levels).map { start + $0 * targets + target }
        let own = places.map { quantiles[$0] }
        guard !own.contains(where: \.isNaN) else { continue }
        for (place, quantile) in zip(places, own.sorted()) { ordered[place] = quantile }
      }
    }
    return ordered
  }

  /// Means, and standard deviations of the logarithms of variances.
  private func distributions(_ outputs: [Float], least: Double) -> [Double] {
    let (restored, targets) = (restored(outputs), targets)
    return outputs.indices.map { place in
      let part = place % self.outputs
      guard part >= targets else { return restored[place] }
      let own = Double(outputs[place])
      let spread = own < log(least) ? least.squareRoot() : exp(own / 2)
      return spread * (targetScaling?.deviations[part - targets] ?? 1)
    }
  }
}
