import ArgumentParser
import Lamina
import LaminaSVM

/// What decides the result of training a support vector machine.
struct SVMArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "linear, polynomial, rbf or sigmoid. (default: rbf)", valueName: "name"),
    transform: SVMOptions.Kernel.init(parsing:))
  var kernel: SVMOptions.Kernel?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The kernel's factor: scale is 1 / (features * variance of the inputs), auto is \
      1 / features. (default: scale)
      """, valueName: "scale|auto|number"),
    transform: SVMOptions.Gamma.init(parsing:))
  var gamma: SVMOptions.Gamma?

  @Option(
    parsing: .unconditional,
    help: "C: what an example on the wrong side costs. (default: 1)")
  var cost: Double?

  @Option(
    parsing: .unconditional, help: "The power of the polynomial kernel. (default: 3)")
  var degree: Int?

  @Option(
    name: .customLong("coef0"), parsing: .unconditional,
    help: "What the polynomial and the sigmoid kernel add. (default: 0)")
  var coef0: Float?

  /// The name of an option that the user has given.
  var firstGiven: String? {
    let given = [
      ("--kernel", kernel != nil), ("--gamma", gamma != nil), ("--cost", cost != nil),
      ("--degree", degree != nil), ("--coef0", coef0 != nil),
    ]
    return given.first { $0.1 }?.0
  }

  /// The options of the trainer; refused where they make no sense for any data.
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

  /// Refuses numbers that the kernel does not have.
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

extension SVMOptions.Kernel {
  /// Reads what follows `--kernel`.
  init(parsing text: String) throws {
    guard let kernel = Self(rawValue: text) else {
      let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw InputError("there is no kernel '\(text)'; there are: \(names)")
    }
    self = kernel
  }
}

extension SVMOptions.Gamma {
  /// Reads what follows `--gamma`.
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
