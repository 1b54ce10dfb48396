import Foundation
package import Lamina

extension ReferenceBackend {
  package func enqueueMomentum(
    _ parameters: Vector<ReferenceBackend>, gradients: Vector<ReferenceBackend>,
    velocity: Vector<ReferenceBackend>, rule: SGD
  ) {
    let momentum = Double(rule.momentum)
    submit("momentum") { [self] in
      for index in 0..<parameters.count {
        let gradient = gradients[index]
        velocity[index] = momentum * velocity[index] + gradient
        let change = rule.nesterov ? gradient + momentum * velocity[index] : velocity[index]
        parameters[index] -= rate(rule.learningRate) * change
      }
    }
  }

  package func enqueueAdagrad(
    _ parameters: Vector<ReferenceBackend>, gradients: Vector<ReferenceBackend>,
    squares: Vector<ReferenceBackend>, rule: Adagrad
  ) {
    submit("adagrad") { [self] in
      for index in 0..<parameters.count {
        squares[index] += gradients[index] * gradients[index]
        parameters[index] -=
          rate(rule.learningRate) * gradients[index] / (sqrt(squares[index]) + Double(rule.epsilon))
      }
    }
  }

  package func enqueueRMSProp(
    _ parameters: Vector<ReferenceBackend>, gradients: Vector<ReferenceBackend>,
    squares: Vector<ReferenceBackend>, velocity: Vector<ReferenceBackend>?, rule: RMSProp
  ) {
    submit("rmsProp") { [self] in
      for index in 0..<parameters.count {
        let gradient = gradients[index]
        squares[index] = rule.alpha * squares[index] + (1 - rule.alpha) * gradient * gradient
        var change = gradient / (sqrt(squares[index]) + Double(rule.epsilon))
        if let velocity {
          velocity[index] = Double(rule.momentum) * velocity[index] + change
          change = velocity[index]
        }
        parameters[index] -= rate(rule.learningRate) * change
      }
    }
  }

  package func enqueueAdam(
    _ parameters: Vector<ReferenceBackend>, gradients: Vector<ReferenceBackend>,
    means: Vector<ReferenceBackend>, squares: Vector<ReferenceBackend>, rule: Adam
  ) {
    submit("adam") { [self] in
      let step = Double(arguments.step)
      for index in 0..<parameters.count {
        let gradient = gradients[index]
        means[index] = rule.beta1 * means[index] + (1 - rule.beta1) * gradient
        squares[index] = rule.beta2 * squares[index] + (1 - rule.beta2) * gradient * gradient
        let mean = means[index] / (1 - pow(rule.beta1, step))
        let square = squares[index] / (1 - pow(rule.beta2, step))
        parameters[index] -= rate(rule.learningRate) * mean / (sqrt(square) + Double(rule.epsilon))
      }
    }
  }

  package func enqueuePenaltyGradient(
    _ penalties: Penalties, of weights: Vector<ReferenceBackend>,
    to gradients: Vector<ReferenceBackend>
  ) {
    submit("penaltyGradient") {
      for index in 0..<weights.count {
        let weight = weights[index]
        let sign = weight > 0 ? 1.0 : weight < 0 ? -1 : 0
        gradients[index] += Double(penalties.l1) * sign + Double(penalties.l2) * weight
      }
    }
  }

  package func enqueueClip(_ vector: Vector<ReferenceBackend>, to limit: Float) {
    submit("clip") {
      for index in 0..<vector.count where abs(vector[index]) > Double(limit) {
        vector[index] = vector[index] > 0 ? Double(limit) : -Double(limit)
      }
    }
  }

  /// The first sum is that of all; nobody may rely on another order.
  package func enqueuePartialSums(
    of vector: Vector<ReferenceBackend>, _ measure: Magnitude, into sums: Vector<ReferenceBackend>
  ) {
    submit("partialSums") {
      for index in 0..<sums.count { sums[index] = 0 }
      sums[0] = (0..<vector.count).reduce(0) {
        $0 + (measure == .squares ? vector[$1] * vector[$1] : abs(vector[$1]))
      }
    }
  }

  package func enqueueClipNorm(
    of vector: Vector<ReferenceBackend>, squares: Vector<ReferenceBackend>, to limit: Float
  ) {
    submit("clipNorm") {
      let norm = sqrt((0..<squares.count).reduce(0) { $0 + squares[$1] })
      let scale = norm.isFinite ? min(1, Double(limit) / (norm + 1e-6)) : .nan
      for index in 0..<vector.count where vector[index] != 0 { vector[index] *= scale }
    }
  }

  package func enqueueDecay(
    _ weights: Vector<ReferenceBackend>, by decay: Float, learningRate: Float
  ) {
    submit("decay") { [self] in
      for index in 0..<weights.count { weights[index] *= 1 - rate(learningRate) * Double(decay) }
    }
  }

  package func enqueueColumnNormLimit(of matrix: Matrix<ReferenceBackend>, to limit: Float) {
    submit("columnNormLimit") {
      for column in 0..<matrix.columns {
        let norm = sqrt((0..<matrix.rows).reduce(0) { $0 + pow(matrix[$1, column], 2) })
        let scale = !norm.isFinite ? .nan : norm > Double(limit) ? Double(limit) / norm : 1
        for row in 0..<matrix.rows { matrix[row, column] *= scale }
      }
    }
  }

  private func rate(_ learningRate: Float) -> Double {
    Double(learningRate) * Double(arguments.learningRateFactor)
  }
}

extension Vector<ReferenceBackend> {
  subscript(_ index: Int) -> Double {
    get { storage.float(index) }
    nonmutating set { storage.set(index, newValue) }
  }
}
