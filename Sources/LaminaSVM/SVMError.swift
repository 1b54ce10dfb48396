/// An error of a support vector machine, described in one sentence.
public enum SVMError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The data set `name` has no classes, or examples of fewer than two classes.
  case tooFewClasses(name: String, found: Int)
  /// The kernel function has a value that is infinite or NaN.
  case kernelValue(String)
  /// The kernel matrix of two classes does not fit into memory.
  case tooLarge(examples: Int, bytes: Int, memory: Int)
  /// LIBSVM rejects the problem.
  case solver(reason: String)
  /// The file is not a usable support vector machine.
  case file(path: String, reason: String)
  /// The machine and the data do not match.
  case mismatch(String)

  /// The sentence.
  public var description: String {
    switch self {
    case .tooFewClasses(let name, let found):
      "\(name) has examples of \(found) class\(found == 1 ? "" : "es"), "
        + "but a support vector machine needs at least two"
    case .kernelValue(let value):
      "the kernel has the value \(value) for two of the examples; "
        + "a smaller gamma, degree or coef0 keeps it finite"
    case .tooLarge(let examples, let bytes, let memory):
      "two classes have \(examples) examples in total, whose kernel matrix takes "
        + "\(bytes >> 20) MiB, but this machine has \(memory >> 20) MiB; use fewer examples"
    case .solver(let reason): "LIBSVM rejects the problem: \(reason)"
    case .file(let path, let reason): "\(path) is not a support vector machine: \(reason)"
    case .mismatch(let sentence): sentence
    }
  }
}
