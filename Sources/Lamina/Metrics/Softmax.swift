import LaminaMath

/// Softmax on the host, in `Double`, for reports.
public enum Softmax {
  /// The probabilities `e^z_i / Σ e^z_j`, shifted by the largest logit so that nothing overflows.
  public static func probabilities(_ logits: some Collection<Float>) -> [Double] {
    let largest = Double(logits.max() ?? 0)
    let powers = logits.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// `-ln softmax(logits)[label]`.
  public static func crossEntropy(_ logits: some Collection<Float>, label: Int) -> Double {
    let largest = Double(logits.max() ?? 0)
    let sum = logits.reduce(0) { $0 + exp(Double($1) - largest) }
    let position = logits.index(logits.startIndex, offsetBy: label)
    return log(sum) + largest - Double(logits[position])
  }
}
