import Lamina
import LaminaMath

extension Operation<ReferenceBackend>.Update {
  func compute(_ arguments: StepArguments) {
    for index in 0..<parameters.count {
      switch optimizer {
      case .sgd(let rule): step(rule, index, arguments)
      case .adagrad(let rule): step(rule, index, arguments)
      case .rmsProp(let rule): step(rule, index, arguments)
      case .adam(let rule), .adamW(let rule): step(rule, index, arguments)
      case .lion(let rule): step(rule, index, arguments)
      }
    }
  }

  private func step(_ rule: SGD, _ index: Int, _ arguments: StepArguments) {
    var change = gradients[index]
    if let velocity = state.first {
      velocity[index] = Double(rule.momentum) * velocity[index] + gradients[index]
      change =
        rule.nesterov ? gradients[index] + Double(rule.momentum) * velocity[index] : velocity[index]
    }
    parameters[index] -= arguments.rate(rule.learningRate) * change
  }

  private func step(_ rule: Adagrad, _ index: Int, _ arguments: StepArguments) {
    let squares = state[0]
    squares[index] += gradients[index] * gradients[index]
    parameters[index] -=
      arguments.rate(rule.learningRate) * gradients[index]
      / (squares[index].squareRoot() + Double(rule.epsilon))
  }

  private func step(_ rule: RMSProp, _ index: Int, _ arguments: StepArguments) {
    let (squares, gradient) = (state[0], gradients[index])
    squares[index] = rule.alpha * squares[index] + (1 - rule.alpha) * gradient * gradient
    var change = gradient / (squares[index].squareRoot() + Double(rule.epsilon))
    if state.count > 1 {
      let velocity = state[1]
      velocity[index] = Double(rule.momentum) * velocity[index] + change
      change = velocity[index]
    }
    parameters[index] -= arguments.rate(rule.learningRate) * change
  }

  private func step(_ rule: Adam, _ index: Int, _ arguments: StepArguments) {
    let (means, squares, gradient) = (state[0], state[1], gradients[index])
    means[index] = rule.beta1 * means[index] + (1 - rule.beta1) * gradient
    squares[index] = rule.beta2 * squares[index] + (1 - rule.beta2) * gradient * gradient
    let mean = means[index] / (1 - pow(rule.beta1, Double(arguments.step)))
    let square = squares[index] / (1 - pow(rule.beta2, Double(arguments.step)))
    parameters[index] -=
      arguments.rate(rule.learningRate) * mean / (square.squareRoot() + Double(rule.epsilon))
  }

  private func step(_ rule: Lion, _ index: Int, _ arguments: StepArguments) {
    let (means, gradient) = (state[0], gradients[index])
    let direction = rule.beta1 * means[index] + (1 - rule.beta1) * gradient
    let sign = direction > 0 ? 1 : direction < 0 ? -1 : direction
    parameters[index] -= arguments.rate(rule.learningRate) * sign
    means[index] = rule.beta2 * means[index] + (1 - rule.beta2) * gradient
  }
}

extension StepArguments {
  /// The rate of the step.
  fileprivate func rate(_ learningRate: Float) -> Double {
    Double(learningRate) * Double(learningRateFactor)
  }
}

extension Operation<ReferenceBackend>.Decay {
  func compute(_ arguments: StepArguments) {
    let share = 1 - arguments.rate(learningRate) * Double(decay)
    for index in 0..<weights.count { weights[index] *= share }
  }
}

extension Operation<ReferenceBackend>.PenaltyGradient {
  func compute() {
    for index in 0..<weights.count {
      let weight = weights[index]
      let sign = weight > 0 ? 1.0 : weight < 0 ? -1 : 0
      gradients[index] += Double(penalties.l1) * sign + Double(penalties.l2) * weight
    }
  }
}
