package import Lamina
import LaminaMath

extension Activation {
  /// `f(z)` in `Double`.
  package func value(_ z: Double) -> Double {
    switch self {
    case .identity: z
    case .step: z.isNaN ? z : z >= 0 ? 1 : 0
    case .logistic: 1 / (1 + exp(-z))
    case .scaledLogistic(let scale): 1 / (1 + exp(-Double(scale) * z))
    case .tanh: hyperbolicTangent(z)
    case .relu: z < 0 ? 0 : z
    case .leakyReLU(let slope): z < 0 ? Double(slope) * z : z
    case .absolute: abs(z)
    case .softplus: (z < 0 ? 0 : z) + log1p(exp(-abs(z)))
    case .gelu: z * erfc(-z / 2.0.squareRoot()) / 2
    case .silu: z / (1 + exp(-z))
    case .mish: z * tanhOfSoftplus(z)
    case .elu(let alpha): z < 0 ? Double(alpha) * expm1(z) : z
    case .softmax, .logSoftmax: preconditionFailure("goes over rows")
    }
  }

  /// `f'(z)` in `Double`, from the output `f(z)` or from `z`, as `derivativeSource` says.
  package func slope(saved: Double) -> Double {
    switch self {
    case .identity: 1
    case .step: 0
    case .logistic: saved * (1 - saved)
    case .scaledLogistic(let scale): Double(scale) * saved * (1 - saved)
    case .tanh: 1 - saved * saved
    case .relu: saved <= 0 ? 0 : 1
    case .leakyReLU(let slope): saved <= 0 ? Double(slope) : 1
    case .absolute: saved == 0 ? 0 : saved < 0 ? -1 : 1
    case .softplus: 1 / (1 + exp(-saved))
    case .gelu:
      erfc(-saved / 2.0.squareRoot()) / 2 + saved * exp(-saved * saved / 2)
        / (2 * Double.pi).squareRoot()
    case .silu: (1 + saved * (1 - 1 / (1 + exp(-saved)))) / (1 + exp(-saved))
    case .mish:
      tanhOfSoftplus(saved)
        + saved * (1 - tanhOfSoftplus(saved) * tanhOfSoftplus(saved)) / (1 + exp(-saved))
    case .elu(let alpha): saved <= 0 ? saved + Double(alpha) : 1
    case .softmax, .logSoftmax: preconditionFailure("goes over rows")
    }
  }
}

/// By a name that no activation has.
func hyperbolicTangent(_ z: Double) -> Double { tanh(z) }

private func tanhOfSoftplus(_ z: Double) -> Double { tanh(Activation.softplus.value(z)) }
