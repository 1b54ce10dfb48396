public import Lamina
public import LaminaData

/// A one-vs-one support vector classifier.
///
/// The decision function of classes `i < j` is `Σ_s coefficient(s) · k(x, x_s) + intercept` over
/// the support vectors of both classes. A positive value is a vote for `i`, any other a vote for
/// `j`. The class with the most votes wins; in a tie, the first. Names and layout are those of
/// scikit-learn's `SVC`.
public struct SupportVectorMachine: Sendable, Equatable {
  /// The kernel function.
  public var kernel: KernelFunction
  /// The scaling of the inputs, including those of the support vectors.
  public var inputScaling: InputScaling
  /// The number of inputs.
  public var features: Int
  /// The support vectors, centred but not scaled: one per row, grouped by class.
  public var supportVectors: [Float]
  /// The classes that the machine distinguishes, in ascending order.
  public var labels: [Int32]
  /// The number of support vectors of each class in ``labels``.
  public var supportCounts: [Int]
  /// The coefficients of each support vector against the other classes, in their order: a matrix of
  /// `labels.count - 1` rows and one column per support vector.
  public var dualCoefficients: [Float]
  /// The intercept of each pair of classes: 0 and 1, 0 and 2, …, 1 and 2, …
  public var intercepts: [Float]
  /// The names of all classes of the data set.
  public var classNames: [String]
  /// The size of the inputs if they are pictures.
  public var imageSize: ImageSize?
  /// The meaning of inputs and classes; nil in files of version 0.1, which do not contain it.
  public var schema: DataSchema?
  /// The decisions about the data set that no option made.
  public var decisions: [DataDecision] = []

  /// Creates a machine from its parts.
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

  /// The pairs of classes, as indices into ``labels``, in the order of ``intercepts``.
  public var pairs: [ClassPair] { ClassPair.all(of: labels.count) }

  /// The coefficients of the decision functions: a row per support vector and a column per pair.
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

  /// Throws if the shape of the data differs from that of the training data.
  public func check(fits dataset: Dataset) throws(SVMError) {
    guard features == dataset.features else {
      throw .mismatch(
        "the support vectors have \(features) inputs, "
          + "but \(dataset.name) has \(dataset.features)")
    }
    if let imageSize, let other = dataset.imageSize, imageSize != other {
      throw .mismatch(
        "the support vectors are images of \(imageSize.height) x \(imageSize.width) pixels, "
          + "but those of \(dataset.name) have \(other.height) x \(other.width)")
    }
    guard case .classes = dataset.targets, dataset.outputs == classNames.count else {
      throw .mismatch(
        "the support vectors distinguish \(classNames.count) classes, "
          + "but \(dataset.name) has \(dataset.outputs)")
    }
  }
}

/// A pair of classes, by their indices.
public struct ClassPair: Sendable, Hashable {
  /// The class for which a positive decision value votes.
  public let first: Int
  /// The other class, whose index is higher.
  public let second: Int

  /// All pairs of `count` classes.
  static func all(of count: Int) -> [ClassPair] {
    (0..<count).flatMap { first in
      (first + 1..<max(count, first + 1)).map { ClassPair(first: first, second: $0) }
    }
  }
}
