public import Lamina
public import LaminaData

/// A classifier of support vectors, one decision for each two classes.
///
/// The decision between classes `i < j` is `Σ_s coefficient(s) · k(x, x_s) + intercept`, over the
/// support vectors of both: above zero it speaks for `i`, else for `j`. The class with most voices
/// wins, of equals the first. Names and layout are those of scikit-learn's `SVC`.
public struct SupportVectorMachine: Sendable, Equatable {
  /// The kernel function.
  public var kernel: KernelFunction
  /// What is done to inputs first, those of support vectors included.
  public var inputScaling: InputScaling
  /// The number of inputs.
  public var features: Int
  /// The support vectors, not scaled but less their centres, one a row, those of a class side by side.
  public var supportVectors: [Float]
  /// The classes that are told apart, ascending.
  public var labels: [Int32]
  /// How many support vectors each of them has.
  public var supportCounts: [Int]
  /// For each support vector its coefficients against the other classes, in their order:
  /// `labels.count - 1` rows of as many numbers as there are support vectors.
  public var dualCoefficients: [Float]
  /// One for each two classes: 0 and 1, 0 and 2, …, 1 and 2, …
  public var intercepts: [Float]
  /// The names of all classes of the data.
  public var classNames: [String]
  /// The size of the inputs where these are pictures.
  public var imageSize: ImageSize?
  /// What its inputs and classes stand for; nil in files of version 0.1, which does not write it.
  public var schema: DataSchema?
  /// What was decided about the data set that nobody had said.
  public var decisions: [DataDecision] = []

  /// Puts a machine together.
  public init(
    kernel: KernelFunction, inputScaling: InputScaling, features: Int, supportVectors: [Float],
    labels: [Int32], supportCounts: [Int], dualCoefficients: [Float], intercepts: [Float],
    classNames: [String], imageSize: ImageSize? = nil
  ) {
    self.kernel = kernel
    self.inputScaling = inputScaling
    self.features = features
    self.supportVectors = supportVectors
    self.labels = labels
    self.supportCounts = supportCounts
    self.dualCoefficients = dualCoefficients
    self.intercepts = intercepts
    self.classNames = classNames
    self.imageSize = imageSize
  }

  /// The number of support vectors.
  public var supportCount: Int { supportCounts.reduce(0, +) }

  /// Each two classes, as positions in ``labels``, in the order of ``intercepts``.
  public var pairs: [ClassPair] { ClassPair.all(of: labels.count) }

  /// The decision functions as a matrix: a row for each support vector, a column for each pair.
  var coefficientMatrix: [Float] {
    let (pairs, supports) = (pairs, supportCount)
    var matrix = [Float](repeating: 0, count: supports * pairs.count)
    var starts = [0]
    for count in supportCounts { starts.append(starts[starts.count - 1] + count) }
    for (column, pair) in pairs.enumerated() {
      for (own, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
        let row = Self.row(of: other, for: own)
        for support in starts[own]..<starts[own + 1] {
          matrix[support * pairs.count + column] = dualCoefficients[row * supports + support]
        }
      }
    }
    return matrix
  }

  /// The row of ``dualCoefficients`` that holds the coefficients of class `own` against `other`.
  static func row(of other: Int, for own: Int) -> Int { other < own ? other : other - 1 }

  /// Refuses data of another shape than that of the training.
  public func check(fits dataset: Dataset) throws(SVMError) {
    guard features == dataset.features else {
      throw .mismatch(
        "the support vectors have \(features) inputs, "
          + "and \(dataset.name) has \(dataset.features)")
    }
    if let imageSize, let other = dataset.imageSize, imageSize != other {
      throw .mismatch(
        "the support vectors are images of \(imageSize.height) x \(imageSize.width) pixels, "
          + "and those of \(dataset.name) have \(other.height) x \(other.width)")
    }
    guard case .classes = dataset.targets, dataset.outputs == classNames.count else {
      throw .mismatch(
        "the support vectors tell \(classNames.count) classes apart, "
          + "and \(dataset.name) has \(dataset.outputs)")
    }
  }
}

/// Two classes, by their positions among all.
public struct ClassPair: Sendable, Hashable {
  /// The one for which a decision above zero speaks.
  public let first: Int
  /// The other; its position is higher.
  public let second: Int

  /// Each two of `count` classes.
  static func all(of count: Int) -> [ClassPair] {
    (0..<count).flatMap { first in
      (first + 1..<max(count, first + 1)).map { ClassPair(first: first, second: $0) }
    }
  }
}
