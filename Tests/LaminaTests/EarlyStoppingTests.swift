import Lamina
import LaminaCheck
import LaminaReference
import Support
import Testing

@Suite struct EarlyStoppingTests {
  private func parameters(_ number: Float) -> NetworkParameters {
    NetworkParameters(tensors: [[number]])
  }

  /// Feeds values until the rule stops; the number of epochs, and what was best.
  private func run(
    _ rule: EarlyStopping, _ values: [Double]
  ) -> (epochs: Int, best: EarlyStopping.State.Best?) {
    var state = EarlyStopping.State(rule)
    for (index, value) in values.enumerated() {
      state.observe(value, epoch: index + 1) { parameters(Float(index + 1)) }
      if state.shouldStop { return (index + 1, state.best) }
    }
    return (values.count, state.best)
  }

  @Test func stopsAfterItsPatienceAndKeepsTheBest() {
    let (epochs, best) = run(EarlyStopping(patience: 2), [3, 2, 2.5, 1, 1, 1.5, 0.5])
    #expect(epochs == 6)
    #expect(best?.epoch == 4)
    #expect(best?.value == 1)
    #expect(best?.parameters == parameters(4))
  }

  @Test func littleProgressDoesNotCount() {
    let (epochs, best) = run(EarlyStopping(patience: 2, minimumDelta: 0.5), [3, 2.6, 2.55, 1])
    #expect(epochs == 3)
    #expect(best?.epoch == 1)
  }

  @Test func accuraciesAreToRise() {
    let (epochs, best) = run(
      EarlyStopping(patience: 1, metric: .accuracy), [0.5, 0.6, 0.6, 0.9])
    #expect(epochs == 3)
    #expect(best?.epoch == 2)
  }

  @Test func whatIsNoNumberIsNeverBest() {
    let (epochs, best) = run(EarlyStopping(patience: 3), [.nan, .nan, .nan, 1])
    #expect(epochs == 3)
    #expect(best == nil)
    #expect(run(EarlyStopping(patience: 3), [.nan, 1, .nan]).best?.epoch == 2)
    // Nor is what is infinite.
    #expect(run(EarlyStopping(patience: 3), [.infinity, 2, -.infinity]).best?.epoch == 2)
  }

  @Test func loadedParametersAreThoseInForce() throws {
    let description = NetworkDescription.classifier(
      inputs: 5, hidden: [4], activation: .tanh, classes: 3, inputScaling: .identity)
    let first = NetworkParameters(for: description, initialization: .pyTorch, seed: 1)
    let second = NetworkParameters(for: description, initialization: .pyTorch, seed: 2)
    let network = try Network(description, values: first, on: ReferenceBackend())
    try network.load(second)
    #expect(try network.values() == second)
    #expect(first != second)
  }
}
