import CKernelSources
import Lamina

extension Activation {
  /// The file with its formula and derivative. Those of whole rows have kernels of their own.
  var kernelHeader: KernelFile {
    switch self {
    case .identity: .activationIdentity
    case .step: .activationStep
    case .logistic: .activationLogistic
    case .scaledLogistic: .activationScaledLogistic
    case .tanh: .activationTanh
    case .relu: .activationReLU
    case .leakyReLU: .activationLeakyReLU
    case .absolute: .activationAbsolute
    case .softplus: .activationSoftplus
    case .gelu: .activationGELU
    case .silu: .activationSiLU
    case .elu: .activationELU
    case .softmax, .logSoftmax: preconditionFailure("\(self) is a kernel of its own")
    }
  }

  /// Its parameter, to the last bit.
  var macros: [String] { KernelParameter.macros(parameter?.value, named: "PARAMETER") }
}

extension Loss {
  /// The file with formula and derivative for one output; nil for softmax cross-entropy, which is a
  /// kernel of its own.
  var kernelHeader: KernelFile? {
    switch self {
    case .softmaxCrossEntropy: nil
    case .quadratic: .lossQuadratic
    case .squaredError: .lossMSE
    case .absoluteError: .lossMAE
    case .huber: .lossHuber
    case .logisticCrossEntropy: .lossLogisticCrossEntropy
    case .negativeLogLikelihood: .lossNLL
    case .klDivergence: .lossKLDivergence
    case .perceptron: .lossPerceptron
    }
  }
}

extension Optimizer {
  /// The file with its formula.
  var kernelHeader: KernelFile {
    switch self {
    case .sgd: .sgd
    case .adagrad: .adagrad
    case .rmsProp: .rmsProp
    case .adam, .adamW: .adam
    }
  }
}

/// A number that is a part of a program.
enum KernelParameter {
  /// Defines a macro by the bits of the number: digits would be rounded by each compiler in its way.
  static func macros(_ value: Float?, named name: String) -> [String] {
    guard let value else { return [] }
    return ["\(name)=as_float(0x\(String(value.bitPattern, radix: 16)))"]
  }
}
