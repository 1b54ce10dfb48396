import Lamina

/// A replacement of several operations by a fusion rule.
enum FusedKernel {
  /// A product with its epilogue.
  case product(MatrixProduct)
  case inputLayer(InputLayer, InputTile)
  case outputLayer(OutputLayer, OutputTile)
  case jointUpdate(JointUpdate)
  case wholeSteps(WholeSteps)
}

/// An entry of a list for this backend.
typealias KernelItem = FusionItem<OpenCLBackend, FusedKernel>
/// A replacement of the first items of a list by a rule of this backend.
typealias KernelReplacement = FusionReplacement<OpenCLBackend, FusedKernel>

/// A rule that puts kernels of several operations in their place.
protocol KernelRule: FusionRule where B == OpenCLBackend, Fused == FusedKernel {
  /// The form of operations that fit, whatever they would gain: what a trial of the rule's kernel
  /// computes. Nil where they do not fit.
  func form(of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend) -> FusedKernel?
}

extension KernelRule {
  /// The rule as lists take it.
  var erased: any FusionRule<OpenCLBackend, FusedKernel> { self }
}

extension ArraySlice<KernelItem> {
  /// The plain operations at the beginning, up to a number of them.
  func plain(_ most: Int = .max) -> [Operation<OpenCLBackend>] {
    var operations: [Operation<OpenCLBackend>] = []
    for item in self.prefix(most) {
      guard let operation = item.plain else { break }
      operations.append(operation)
    }
    return operations
  }
}

extension OpenCLBackend {
  /// All rules, in the order in which they go through a list.
  static let rules: [any KernelRule] = [
    WholeStepsRule(), OutputLayerRule(), InputLayerRule(), ActivationRule(), DerivativeRule(),
    GradientUpdateRule(),
  ]
}

/// Sizes that take the place of others in trials: small, and the same for lists of the same kind.
struct SmallSizes {
  /// One stays one: nothing tells a matrix of one row from a vector.
  private var sizes = [1: 1]

  /// - Parameters:
  ///   - batch: The rows of a batch.
  ///   - others: Inputs and outputs, in order.
  ///   - kept: Sizes that stay.
  init(batch: Int, others: [Int], kept: Set<Int> = []) {
    for size in kept { sizes[size] = size }
    for (place, size) in others.enumerated() where sizes[size] == nil {
      // Parts of vectors and of tiles in every place; kernels differ by the vectors of a row.
      sizes[size] =
        size <= 16 ? 5 + place % 11 : size <= 32 ? 19 + place % 13 : 67 + 16 * place
    }
    // Several whole tiles of rows, and part of another.
    if sizes[batch] == nil { sizes[batch] = 35 }
  }

  /// Sets the replacement of a size.
  mutating func replace(_ size: Int, by small: Int) { sizes[size] = small }

  func callAsFunction(_ size: Int) -> Int { sizes[size] ?? size }
}
