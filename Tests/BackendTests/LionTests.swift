import Lamina
import LaminaReference
import Support
import Testing

/// Two steps of Lion, worked out by hand from its formula.
@Suite(.serialized) struct LionTests {
  /// `β₁ = 1/2`, `β₂ = 3/4` and the rate 1: every number is exact.
  private static let lion = Optimizer.lion(Lion(learningRate: 1, beta1: 0.5, beta2: 0.75))

  private func check<B: Backend>(on backend: B) throws {
    let parameters = try backend.makeVector([0, 0, 0, 0])
    let means = try backend.makeVector([0, 0, 0, 0])
    func step(_ gradients: [Float]) throws {
      try backend.perform(
        .update(
          parameters, gradients: backend.makeVector(gradients), state: [means], by: Self.lion))
    }
    // The directions are 2, -2, 0 and NaN.
    try step([4, -4, 0, .nan])
    #expect(try backend.values(of: parameters).prefix(3) == [-1, 1, 0])
    #expect(try backend.values(of: means).prefix(3) == [1, -1, 0])
    // The directions are 1/2 - 1/4, -1/2 + 1, 0 and NaN: the first goes by the mean, against its gradient.
    try step([-0.5, 2, 0, 1])
    #expect(try backend.values(of: parameters).prefix(3) == [-2, 0, 0])
    #expect(try backend.values(of: means).prefix(3) == [0.625, -0.25, 0])
    #expect(try backend.values(of: parameters)[3].isNaN, "a training that diverged shows it")
  }

  @Test(arguments: TestBackend.all)
  func stepsAreThoseOfThePaper(backend: TestBackend) throws {
    try backend.use { try check(on: $0) }
  }

  @Test func theReferencesAreToo() throws { try check(on: ReferenceBackend()) }
}
