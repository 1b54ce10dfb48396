public import Lamina

/// The options of a training, with the names and defaults of scikit-learn's `SVC`.
public struct SVMOptions: Sendable, Hashable {
  /// The kind of a kernel function.
  public enum Kernel: String, Sendable, Hashable, CaseIterable {
    case linear, polynomial, rbf, sigmoid
  }

  /// The coefficient gamma of all kernels except the linear one. In the radial basis function, a
  /// larger gamma shortens the reach of each example.
  public enum Gamma: Sendable, Hashable {
    /// 1 divided by the number of features times the variance of all inputs.
    case scale
    /// 1 divided by the number of features.
    case auto
    /// A given number.
    case value(Float)
  }

  /// The kernel function.
  public var kernel: Kernel
  /// The coefficient gamma of the kernel function.
  public var gamma: Gamma
  /// The degree of the polynomial kernel.
  public var degree: Int
  /// The constant term of the polynomial and the sigmoid kernel.
  public var coef0: Float
  /// The penalty C for examples on the wrong side of the margin.
  public var cost: Double
  /// The scaling of the inputs.
  public var inputScaling: InputScaling

  /// Creates options, by default for a radial basis function and a cost of 1.
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

  /// Throws if a number is invalid for any data.
  public func validate() throws(NetworkError) {
    guard cost.isFinite, cost > 0 else {
      throw .invalid("the cost", value: "\(cost)", wanted: "a positive number such as 1")
    }
    // A gamma that depends on the data is always valid, so 1 stands in for it here.
    var gamma: Float = 1
    if case .value(let value) = self.gamma { gamma = value }
    try function(gamma: gamma).validate()
  }

  /// The kernel function for training with `dataset`.
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
      // As in scikit-learn if all inputs are equal.
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
