/// Why there is no support vector machine; each case prints as one sentence.
public enum SVMError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The data set `name` has no classes, or examples of fewer than two.
  case tooFewClasses(name: String, found: Int)
  /// The kernel function gave a value that is infinite or no number.
  case kernelValue(String)
  /// Two classes have so many examples that the machine cannot hold their kernel matrix.
  case tooLarge(examples: Int, bytes: Int, memory: Int)
  /// LIBSVM refuses what it is given.
  case solver(reason: String)
  /// The file is no support vector machine that can be used.
  case file(path: String, reason: String)
  /// The machine and the data do not belong together.
  case mismatch(String)

  /// The sentence.
  public var description: String {
    switch self {
    case .tooFewClasses(let name, let found):
      "\(name) has examples of \(found) class\(found == 1 ? "" : "es"), "
        + "and a support vector machine tells at least two apart"
    case .kernelValue(let value):
      "the kernel has the value \(value) for two of the examples; "
        + "a smaller gamma, degree or coef0 keeps it finite"
    case .tooLarge(let examples, let bytes, let memory):
      "two classes have \(examples) examples together, whose kernel matrix takes "
        + "\(bytes >> 20) MiB, and this machine has \(memory >> 20) MiB; use fewer examples"
    case .solver(let reason): "LIBSVM refuses the problem: \(reason)"
    case .file(let path, let reason): "\(path) is no support vector machine: \(reason)"
    case .mismatch(let sentence): sentence
    }
  }
}
