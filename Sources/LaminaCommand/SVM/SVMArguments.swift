import ArgumentParser
import Lamina
import LaminaSVM

/// The options that determine the result of training a support vector machine.
struct SVMArguments: ParsableArguments {
  @Option("The kernel: linear, polynomial, rbf or sigmoid. (default: rbf)", value: "name")
  var kernel: SVMOptions.Kernel?

  @Option(
    """
    Gamma, the factor in the kernel: a number, scale for 1 / (features * variance of the inputs), \
    or auto for 1 / features. (default: scale)
    """, value: "scale|auto|number", parsing: .unconditional) var gamma: SVMOptions.Gamma?

  @Option(
    parsing: .unconditional,
    help: "C, the penalty of examples on the wrong side of the margin. (default: 1)")
  var cost: Double?

  @Option(
    parsing: .unconditional, help: "The degree of the polynomial kernel. (default: 3)")
  var degree: Int?

  @Option(
    name: .customLong("coef0"), parsing: .unconditional,
    help: "The constant term of the polynomial and the sigmoid kernel. (default: 0)")
  var coef0: Float?

  /// The name of the first option that the user has given.
  var firstGiven: String? {
    let given = [
      ("--kernel", kernel != nil), ("--gamma", gamma != nil), ("--cost", cost != nil),
      ("--degree", degree != nil), ("--coef0", coef0 != nil),
    ]
    return given.first { $0.1 }?.0
  }

  /// The options of the trainer. Options that are wrong for any data are refused.
  func options() throws -> SVMOptions {
    var options = SVMOptions()
    options.kernel = kernel ?? options.kernel
    options.gamma = gamma ?? options.gamma
    options.cost = cost ?? options.cost
    options.degree = degree ?? options.degree
    options.coef0 = coef0 ?? options.coef0
    try refuseWithoutEffect(options.kernel)
    try options.validate()
    return options
  }

  /// Refuses parameters that the kernel does not have.
  private func refuseWithoutEffect(_ kernel: SVMOptions.Kernel) throws(InputError) {
    let given: [(option: String, isGiven: Bool, kernels: [SVMOptions.Kernel])] = [
      ("--gamma", gamma != nil, [.polynomial, .rbf, .sigmoid]),
      ("--degree", degree != nil, [.polynomial]),
      ("--coef0", coef0 != nil, [.polynomial, .sigmoid]),
    ]
    for option in given where option.isGiven && !option.kernels.contains(kernel) {
      let names = option.kernels.map(\.rawValue).joined(separator: ", ")
      throw InputError(
        "\(option.option) has no effect with the kernel \(kernel.rawValue); it is for \(names)")
    }
  }
}

extension SVMOptions.Kernel: OptionValue {
  init(parsing text: String) throws {
    guard let kernel = Self(rawValue: text) else {
      let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw InputError("there is no kernel '\(text)'; the kernels are \(names)")
    }
    self = kernel
  }
}

extension SVMOptions.Gamma: OptionValue {
  init(parsing text: String) throws {
    switch text {
    case "scale": self = .scale
    case "auto": self = .auto
    default:
      guard let value = Float(text) else {
        throw InputError("gamma is '\(text)'; it must be scale, auto or a positive number")
      }
      self = .value(value)
    }
  }
}
