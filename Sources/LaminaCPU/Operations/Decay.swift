import CProcessor
import Lamina

extension Operation.Decay where B == CPUBackend {
  /// Each thread changes its part.
  func tasks() -> TaskGroup {
    let (elements, decay, learningRate) = (Elements(weights), decay, learningRate)
    return TaskGroup(self, "Decay") { part in
      let kept = part.arguments.share(keptBy: decay, learningRate: learningRate)
      let range = part.elements(of: elements)
      scaleNumbers(elements.start + range.lowerBound, range.count, kept)
    }
  }
}
