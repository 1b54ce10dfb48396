/// What a network says of examples whose targets nobody knows, in the terms of their data.
public enum TaskPrediction: Sendable {
  /// The class of each example, nil where all outputs are NaN; and, on request, one row of
  /// probabilities per example.
  case classes([Int32?], probabilities: [Float]?)
  /// For each example a row that says whether each label applies, and, on request, a row of
  /// probabilities.
  case labels([Bool], probabilities: [Float]?)
  /// For each example a row of numbers in the unit of the data, in the order of
  /// ``Loss/outputParts``.
  case values([Double])

  /// Classes: the largest output is the prediction; of equal outputs, the first. Of two classes, the
  /// second one if its probability is above the threshold.
  ///
  /// - Parameters:
  ///   - outputs: One row per example.
  ///   - network: The network that computed the outputs.
  ///   - thresholds: One number: the probability above which the second of two classes is predicted.
  ///   - tellsProbabilities: Whether to compute probabilities, which the network must tell
  ///     (``NetworkDescription/tellsProbabilities``).
  /// - Returns: The classes.
  public static func classes(
    _ outputs: [Float], of network: NetworkDescription,
    thresholds: [Double] = [ThresholdSearch.usual], tellsProbabilities: Bool
  ) -> TaskPrediction {
    let (count, threshold) = (network.outputs, thresholds[0])
    let logits =
      tellsProbabilities || threshold != ThresholdSearch.usual
      ? network.logits(outputs) : []
    let classes = stride(from: 0, to: outputs.count, by: count).map { start -> Int32? in
      if threshold != ThresholdSearch.usual, count == 2,
        logits[start..<start + count].contains(where: { !$0.isNaN })
      {
        return Int32(
          ClassificationReport.prediction(logits[start..<start + count], threshold: threshold))
      }
      var best: Int32?
      var largest = -Float.infinity
      for place in 0..<count where outputs[start + place] > largest || best == nil {
        guard !outputs[start + place].isNaN else { continue }
        (best, largest) = (Int32(place), outputs[start + place])
      }
      return best
    }
    guard tellsProbabilities else { return .classes(classes, probabilities: nil) }
    let probabilities = stride(from: 0, to: logits.count, by: count).flatMap { start in
      Softmax.probabilities(logits[start..<start + count]).map { Float($0) }
    }
    return .classes(classes, probabilities: probabilities)
  }

  /// Labels: each one whose probability is above its threshold; NaN is never above it.
  ///
  /// - Parameters:
  ///   - outputs: One row per example.
  ///   - network: The network that computed the outputs.
  ///   - thresholds: The probability above which a label is predicted: one for all, or one per
  ///     label.
  ///   - tellsProbabilities: Whether to compute probabilities.
  /// - Returns: The labels.
  public static func labels(
    _ outputs: [Float], of network: NetworkDescription, thresholds: [Double],
    tellsProbabilities: Bool
  ) -> TaskPrediction {
    let (count, kind) = (network.outputs, network.labelKind)
    precondition(
      thresholds.count == 1 || thresholds.count == count,
      "\(thresholds.count) thresholds for \(count) labels")
    let bounds = (0..<count).map { kind.bound(thresholds[thresholds.count == 1 ? 0 : $0]) }
    let outputs = network.labelOutputs(outputs)
    let labels = outputs.indices.map { Double(outputs[$0]) > bounds[$0 % count] }
    guard tellsProbabilities else { return .labels(labels, probabilities: nil) }
    let probabilities = outputs.map { Float(kind.probability(Double($0))) }
    return .labels(labels, probabilities: probabilities)
  }

  /// Numbers in the unit of the data, without the scaling of targets.
  public static func values(
    _ outputs: [Float], of network: NetworkDescription
  ) -> TaskPrediction {
    .values(network.numbers(outputs))
  }

  /// The inputs as an auto-encoder gives them back, in the unit of the data, without the scaling of
  /// inputs.
  public static func inputs(
    _ outputs: [Float], of network: NetworkDescription
  ) -> TaskPrediction {
    .values(network.inputScaling.restored(outputs, features: network.outputs))
  }
}
