import Lamina

extension Activation {
  /// The file with its formula and derivative. Those of whole rows have none, but kernels of their own.
  var kernelHeader: KernelFile { KernelFile("activations/\(name).clh") }

  /// Its parameter, to the last bit.
  var macros: [String] { KernelParameter.macros(parameter?.value, named: "PARAMETER") }
}

extension Loss {
  /// The file with formula and derivative for one output, or for the outputs of one target; nil for softmax cross-entropy, which is a
  /// kernel of its own.
  var kernelHeader: KernelFile? {
    if case .softmaxCrossEntropy = self { return nil }
    return KernelFile("losses/\(name).clh")
  }
}

extension Optimizer {
  /// The file with its formula.
  var kernelHeader: KernelFile { KernelFile("optimizers/\(rule.name).clh") }
}

/// A number that is a part of a program.
enum KernelParameter {
  /// Defines a macro by the bits of the number: digits would be rounded by each compiler in its way.
  static func macros(_ value: Float?, named name: String) -> [String] {
    guard let value else { return [] }
    return ["\(name)=\(text(value))"]
  }

  /// The bits of a number in OpenCL C.
  static func text(_ value: Float) -> String {
    "as_float(0x\(String(value.bitPattern, radix: 16)))"
  }
}
