import Lamina

extension Operation.Update where B == CPUBackend {
  /// Each thread changes its part.
  func tasks(on backend: CPUBackend) -> TaskGroup {
    let (step, elements) = (OptimizerStep(optimizer.rule), Elements(parameters))
    let numbers = numbers(of: step, on: backend)
    let (formula, coefficients) = (step.formula, step.coefficients)
    return TaskGroup(self, profileName, numbers: step) { part in
      formula(numbers, part.elements(of: elements), coefficients)
    }
  }

  /// The addresses of the vectors. `step` owns the table of the state's addresses.
  func numbers(of step: OptimizerStep, on backend: CPUBackend) -> UpdatedNumbers {
    UpdatedNumbers(
      parameters: parameters.floats, gradients: gradients.floats,
      state: step.table(state.map(\.floats)), stateCount: state.count, add: backend.blas.saxpy)
  }

  /// `Update` for plain gradient descent, `Momentum` with a velocity, or the optimiser's name.
  private var profileName: String {
    if state.isEmpty { return "Update" }
    return optimizer.rule.name == SGD.name ? "Momentum" : "\(type(of: optimizer.rule))"
  }
}
