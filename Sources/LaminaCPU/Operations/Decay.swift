import Lamina

extension Operation.Decay where B == CPUBackend {
  /// Each thread changes its part.
  func tasks() -> TaskGroup {
    let (elements, decay, learningRate) = (Elements(weights), decay, learningRate)
    return TaskGroup(self, "Decay") { part in
      let kept = part.arguments.share(keptBy: decay, learningRate: learningRate)
      let w = elements.start
      for index in part.elements(of: elements) { w[index] *= kept }
    }
  }
}
