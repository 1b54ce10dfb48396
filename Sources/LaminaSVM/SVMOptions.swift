public import Lamina

/// What decides the result of a training, with the names and defaults of scikit-learn's `SVC`.
public struct SVMOptions: Sendable, Hashable {
  /// A kernel function by name, whose numbers may depend on the data.
  public enum Kernel: String, Sendable, Hashable, CaseIterable {
    case linear, polynomial, rbf, sigmoid
  }

  /// How far the influence of a single example reaches, in all kernels but the linear one.
  public enum Gamma: Sendable, Hashable {
    /// 1 over the number of features times the variance of all inputs.
    case scale
    /// 1 over the number of features.
    case auto
    /// A number of one's own.
    case value(Float)
  }

  /// The kernel function.
  public var kernel: Kernel
  /// Its factor.
  public var gamma: Gamma
  /// The power of the polynomial kernel.
  public var degree: Int
  /// What the polynomial and the sigmoid kernel add.
  public var coef0: Float
  /// C: what an example on the wrong side costs. The larger, the less is forgiven.
  public var cost: Double
  /// What is done to inputs first.
  public var inputScaling: InputScaling

  /// The radial basis function with a cost of 1, unless told otherwise.
  public init(
    kernel: Kernel = .rbf, gamma: Gamma = .scale, degree: Int = 3, coef0: Float = 0,
    cost: Double = 1, inputScaling: InputScaling = .identity
  ) {
    self.kernel = kernel
    self.gamma = gamma
    self.degree = degree
    self.coef0 = coef0
    self.cost = cost
    self.inputScaling = inputScaling
  }

  /// Refuses numbers that make no sense for any data.
  public func validate() throws(NetworkError) {
    guard cost.isFinite, cost > 0 else {
      throw .invalid("the cost", value: "\(cost)", wanted: "a positive number such as 1")
    }
    // The data decide gamma unless the user did, and 1 is as good as theirs here.
    var gamma: Float = 1
    if case .value(let value) = self.gamma { gamma = value }
    try function(gamma: gamma).validate()
  }

  /// The kernel function for the examples to train with.
  public func kernelFunction(for dataset: Dataset) throws(NetworkError) -> KernelFunction {
    let function = function(gamma: gamma(for: dataset))
    try function.validate()
    return function
  }

  private func gamma(for dataset: Dataset) -> Float {
    switch gamma {
    case .value(let value): return value
    case .auto: return 1 / Float(dataset.features)
    case .scale:
      let variance = InputStatistics(dataset, scaling: inputScaling).variance
      // As scikit-learn where all inputs are the same.
      return variance == 0 ? 1 : Float(1 / (Double(dataset.features) * variance))
    }
  }

  private func function(gamma: Float) -> KernelFunction {
    switch kernel {
    case .linear: .linear
    case .polynomial: .polynomial(degree: degree, gamma: gamma, coef0: coef0)
    case .rbf: .rbf(gamma: gamma)
    case .sigmoid: .sigmoid(gamma: gamma, coef0: coef0)
    }
  }
}
