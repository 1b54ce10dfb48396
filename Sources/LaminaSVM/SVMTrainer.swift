public import Lamina

#if canImport(Glibc)
  import Glibc
#endif

/// Trains one-vs-one support vector machines. For each pair of classes, the device computes the
/// kernel matrix and LIBSVM finds the support vectors.
///
/// One pair at a time needs far less memory than the kernel matrix of all examples: a twenty-fifth
/// for ten classes of equal size.
public final class SVMTrainer<B: Backend> {
  /// The result of a training.
  public struct Result: Sendable {
    /// The trained machine; nil if the training was stopped.
    public let machine: SupportVectorMachine?
    /// The seconds spent on kernel matrices.
    public let kernelSeconds: Double
    /// The seconds spent in LIBSVM.
    public let solverSeconds: Double
  }

  /// The kernel function that follows from the options and the data.
  public let kernel: KernelFunction
  /// The product of the first pair's kernel matrix. Of large classes it has a part of the rows and
  /// columns, and all terms.
  public var products: [ProductSize] {
    let examples = min(members[0].rows.count + members[1].rows.count, Self.mostSampled)
    return [
      ProductSize(
        rows: examples, columns: examples, depth: dataset.features, transposesB: true)
    ]
  }
  /// The most rows and columns of ``products``.
  static var mostSampled: Int { 512 }
  /// The number of pairs of classes, and so of decision functions to train.
  public var pairCount: Int { ClassPair.all(of: members.count).count }

  private let backend: B
  private let dataset: Dataset
  private let options: SVMOptions
  private let classNames: [String]
  private let examples: Examples<B>
  private let squares: [Float]
  /// The classes that have examples, and the rows of these examples.
  private let members: [(label: Int32, rows: [Int32])]
  private var kernelSeconds = 0.0
  private var solverSeconds = 0.0

  /// Checks the options and the data, and uploads the examples.
  public init(_ dataset: Dataset, options: SVMOptions, on backend: B) throws {
    try options.validate()
    guard case .classes(let labels, let classNames) = dataset.targets else {
      throw SVMError.tooFewClasses(name: dataset.name, found: 0)
    }
    var rows = [[Int32]](repeating: [], count: classNames.count)
    for (row, label) in labels.enumerated() { rows[Int(label)].append(Int32(row)) }
    members = rows.enumerated().filter { !$1.isEmpty }.map { (Int32($0), $1) }
    guard members.count > 1 else {
      throw SVMError.tooFewClasses(name: dataset.name, found: members.count)
    }
    try Self.checkMemory(members.map(\.rows.count))
    kernel = try options.kernelFunction(for: dataset)
    self.backend = backend
    self.dataset = dataset
    self.options = options
    self.classNames = classNames
    squares = InputStatistics(dataset, scaling: options.inputScaling).squares
    examples = try backend.makeExamples(dataset, for: options.inputScaling)
  }

  /// Throws if LIBSVM would run out of memory, which would end the program.
  private static func checkMemory(_ counts: [Int]) throws(SVMError) {
    let examples = counts.sorted().suffix(2).reduce(0, +)
    let memory = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
    let needed = PairProblem.byteCount(examples)
    guard needed < Double(memory) else {
      throw .tooLarge(
        examples: examples, bytes: Int(exactly: needed.rounded()) ?? .max, memory: memory)
    }
  }

  /// Trains the decision function of each pair of classes in turn.
  ///
  /// - Parameters:
  ///   - progress: Called before each pair with the number of completed pairs.
  ///   - shouldStop: Called before each pair. LIBSVM cannot be interrupted within a pair.
  public func train(
    progress: (Int) -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws -> Result {
    (kernelSeconds, solverSeconds) = (0, 0)
    let pairs = ClassPair.all(of: members.count)
    // For each class, one row of coefficients over its examples against each other class.
    var coefficients = members.map { class_ in
      [[Double]](
        repeating: [Double](repeating: 0, count: class_.rows.count), count: members.count - 1)
    }
    var intercepts: [Float] = []
    for (number, pair) in pairs.enumerated() {
      guard !shouldStop() else { return result(nil) }
      progress(number)
      let solution = try solve(pair)
      let firstCount = members[pair.first].rows.count
      coefficients[pair.first][SupportVectorMachine.row(of: pair.second, for: pair.first)] =
        Array(solution.coefficients[..<firstCount])
      coefficients[pair.second][SupportVectorMachine.row(of: pair.first, for: pair.second)] =
        Array(solution.coefficients[firstCount...])
      intercepts.append(Float(solution.intercept))
    }
    return result(machine(coefficients, intercepts))
  }

  private func result(_ machine: SupportVectorMachine?) -> Result {
    Result(machine: machine, kernelSeconds: kernelSeconds, solverSeconds: solverSeconds)
  }

  private func solve(_ pair: ClassPair) throws -> PairProblem.Solution {
    let start = ContinuousClock.now
    let (first, second) = (members[pair.first].rows, members[pair.second].rows)
    let rows = try KernelRows(
      first + second, of: examples, scaling: options.inputScaling, squares: squares, on: backend)
    let values = try backend.values(of: rows.kernelMatrix(kernel, with: rows, on: backend))
    let computed = ContinuousClock.now
    kernelSeconds += (computed - start) / .seconds(1)
    defer { solverSeconds += (ContinuousClock.now - computed) / .seconds(1) }
    let problem = try PairProblem(
      kernel: values, count: first.count + second.count, firstCount: first.count)
    return try problem.solve(cost: options.cost)
  }

  /// The machine, with only the examples that are support vectors.
  private func machine(
    _ coefficients: [[[Double]]], _ intercepts: [Float]
  ) -> SupportVectorMachine {
    let supports = zip(members, coefficients).map { class_, rows in
      class_.rows.indices.filter { example in rows.contains { $0[example] != 0 } }
    }
    let dual = (0..<members.count - 1).flatMap { row in
      zip(supports, coefficients).flatMap { places, rows in places.map { Float(rows[row][$0]) } }
    }
    let stored = StoredInputs(dataset, for: options.inputScaling)
    let vectors = zip(members, supports).flatMap { class_, places in
      places.flatMap { stored.row(Int(class_.rows[$0]), columns: dataset.features) }
    }
    return SupportVectorMachine(
      kernel: kernel, inputScaling: options.inputScaling, features: dataset.features,
      supportVectors: vectors, labels: members.map(\.label), supportCounts: supports.map(\.count),
      dualCoefficients: dual, intercepts: intercepts, classNames: classNames,
      imageSize: dataset.imageSize)
  }
}

extension StoredInputs {
  /// The inputs of one example as floats.
  fileprivate func row(_ example: Int, columns: Int) -> [Float] {
    let place = example * columns..<(example + 1) * columns
    return switch self {
    case .bytes(let bytes): bytes[place].map(Float.init)
    case .floats(let floats): Array(floats[place])
    }
  }
}
