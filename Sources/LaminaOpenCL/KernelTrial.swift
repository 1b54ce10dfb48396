import Lamina

/// A kernel that must show what it computes before it trains anything, described so that another
/// process can try it, and a file can keep the verdict: one of each kind that a compiler may get
/// right or wrong on its own.
package enum KernelTrial: Hashable, Codable, Sendable {
  case product(ProductTrialForm)
  case inputLayer(InputLayerTrialForm)
  case outputLayer(OutputLayerTrialForm)
  case jointUpdate(JointUpdateTrialForm)
  case denseSteps(DenseStepsTrialForm)
  /// Whether loops run to their end at all.
  case longLoop

  /// For messages.
  var name: String {
    switch self {
    case .product(let form): "a product (\(form.product), by \(form.method))"
    case .inputLayer: "an input layer"
    case .outputLayer: "an output layer"
    case .jointUpdate: "a joint update"
    case .denseSteps: "a training step"
    case .longLoop: "a long loop"
    }
  }
}

/// A method for products; see `MatmulMethod.name`.
package struct ProductTrialForm: Hashable, Codable, Sendable {
  let method: String
  /// A small one of the kind.
  let product: ProductShape
  let activation: Activation?
  /// Which of CLBlast's kernels; nil for others.
  let usesDirectKernel: Bool?
}

/// How examples are stored and scaled.
struct ExamplesForm: Hashable, Codable {
  let areBytes: Bool
  let areScaledPerFeature: Bool
}

/// A softmax cross-entropy.
struct LossForm: Hashable, Codable {
  let columns: Int
  let smoothing: Float
  let isWeighted: Bool
  /// Whether targets are labels, and not rows of values.
  let hasLabels: Bool
}

package struct InputLayerTrialForm: Hashable, Codable, Sendable {
  let examples: ExamplesForm
  let activation: Activation
  let tile: InputTile
}

package struct OutputLayerTrialForm: Hashable, Codable, Sendable {
  let loss: LossForm
  /// The inputs of the layer: with its outputs they fix the local memory of a group.
  let inputs: Int
  /// The activation whose derivative the delta of the input takes; nil where that is not wanted.
  let inputActivation: Activation?
}

package struct JointUpdateTrialForm: Hashable, Codable, Sendable {
  let variant: JointUpdate.Variant
  /// A small one of the kind.
  let product: ProductShape
}

package struct DenseStepsTrialForm: Hashable, Codable, Sendable {
  let examples: ExamplesForm
  let loss: LossForm
  let layers: Int
  let hiddenActivation: Activation
  let hasMomentum: Bool
  /// Vectors of a tile.
  let vectors: Int
}

extension Examples<OpenCLBackend> {
  func form(_ scaling: DeviceScaling<OpenCLBackend>) -> ExamplesForm {
    let isPerFeature = if case .perFeature = scaling { true } else { false }
    return ExamplesForm(areBytes: element == .byte, areScaledPerFeature: isPerFeature)
  }
}

extension LossRequest<OpenCLBackend> {
  var form: LossForm {
    let smoothing: Float =
      if case .softmaxCrossEntropy(let smoothing) = loss { smoothing } else { 0 }
    let hasLabels = if case .labels = targets { true } else { false }
    return LossForm(
      columns: outputs.columns, smoothing: smoothing, isWeighted: weights != nil,
      hasLabels: hasLabels)
  }
}
