import LaminaReference

/// A kernel that is tried before it trains anything, described so that another
/// process can try it, and a file can keep the verdict: one of each kind that a compiler may get
/// right or wrong on its own.
package enum KernelTrial: Hashable, Codable, Sendable {
  /// A product by a method, or a fused replacement of operations.
  case operations(OperationTrial)
  /// A long loop, which shows that loops run to their end.
  case longLoop

  /// For messages.
  var name: String {
    switch self {
    case .operations(let trial): trial.name
    case .longLoop: "a long loop"
    }
  }
}

/// Operations that a kernel computes, small ones of their kind. The right results are those of the
/// plain operations in double precision (``LaminaReference/ReferenceBackend``): there are no
/// formulas here.
package struct OperationTrial: Hashable, Codable, Sendable {
  /// For messages, such as `a product (plain 97x131x300, by dot 4)`.
  let name: String
  /// The fusion rule; nil for a product with its epilogue.
  let rule: String?
  /// The method of a product; see `MatmulMethod.name`.
  let method: String?
  /// True for CLBlast's direct kernel, false for its indirect one; nil for other kernels.
  let usesDirectKernel: Bool?
  /// The operations.
  let sketch: OperationSketch
  /// The number of batches that go through it, one after the other.
  let batches: Int
  /// The places of products that go by tiles in whole steps.
  var tiled: [Int] = []
}
