import Glibc
public import Lamina

/// The built-in data sets, which need no file and are the same bytes on every run. A new one must
/// be the last case, because the position of a case determines its random numbers.
public enum DrawnData: String, Sendable, CaseIterable {
  /// Pictures of ten digits.
  case digits
  /// One label: whether both of two bits are 1.
  case and
  /// One label: whether at least one of two bits is 1.
  case or
  /// One label: whether exactly one of two bits is 1. No line separates the classes.
  case xor
  /// `y = 2 a - 3 b + 1` with noise.
  case line
  /// `y = sin x` over one period.
  case sine
  /// Radius and angle of points in the first quadrant.
  case polar
  /// Points around three centres: three classes.
  case blobs
  /// Three independent labels: the side of each of three lines on which a point is.
  case planes

  /// The seed of all built-in data. It never changes, so results stay comparable, and test examples
  /// never occur in a training.
  private static let seed: UInt64 = 1
  private static let trainCount = 1600
  private static let testCount = 400

  /// Generates the examples.
  public func draw() -> DatasetSplit {
    switch self {
    case .digits: .digits(seed: Self.seed)
    case .and: table([0, 0, 0, 1])
    case .or: table([0, 1, 1, 1])
    case .xor: table([0, 1, 1, 0])
    case .line, .sine, .polar, .blobs, .planes:
      DatasetSplit(
        train: points(Self.trainCount, stream: 0, part: "train"),
        test: points(Self.testCount, stream: 1, part: "test"))
    }
  }

  /// All four examples of two bits, both as training and as test part.
  private func table(_ answers: [Float]) -> DatasetSplit {
    let all = Dataset(
      name: rawValue, inputs: .floats([0, 0, 0, 1, 1, 0, 1, 1]),
      targets: .labels(answers, names: [rawValue]), features: 2, featureNames: ["a", "b"])
    return DatasetSplit(train: all, test: all)
  }

  private func points(_ count: Int, stream: UInt64, part: String) -> Dataset {
    let place = UInt64(Self.allCases.firstIndex(of: self) ?? 0) << 8 | stream
    var random = PhiloxGenerator(Philox(seed: Self.seed, stream: 0x6472_6177 << 16 | place))
    var (inputs, targets): ([Float], [Float]) = ([], [])
    for example in 0..<count {
      let (input, target) = drawExample(&random, number: example)
      inputs += input
      targets += target
    }
    return Dataset(
      name: "\(rawValue) \(part)", inputs: .floats(inputs), targets: asTargets(targets),
      features: inputs.count / count)
  }

  private func asTargets(_ values: [Float]) -> Dataset.Targets {
    switch self {
    case .blobs: .classes(values.map { Int32($0) }, classNames: ["one", "two", "three"])
    case .planes: .labels(values, names: ["above", "left", "inside"])
    case .polar: .values(values.map { Double($0) }, names: ["radius", "angle"])
    default: .values(values.map { Double($0) }, names: ["y"])
    }
  }

  /// The inputs and targets of one example.
  private func drawExample(
    _ random: inout PhiloxGenerator, number: Int
  ) -> (inputs: [Float], targets: [Float]) {
    let (a, b) = (2 * random.uniform() - 1, 2 * random.uniform() - 1)
    switch self {
    case .line: return ([a, b], [2 * a - 3 * b + 1 + 0.1 * (2 * random.uniform() - 1)])
    case .sine: return ([.pi * a], [sin(.pi * a)])
    case .polar:
      let (x, y) = ((a + 1) / 2, (b + 1) / 2)
      return ([x, y], [(x * x + y * y).squareRoot(), atan2(y, x)])
    case .blobs:
      let centres: [(Float, Float)] = [(-1, -1), (1, -1), (0, 1)]
      let centre = centres[number % 3]
      return ([centre.0 + 0.9 * a, centre.1 + 0.9 * b], [Float(number % 3)])
    case .planes: return ([a, b], [b > 0.5 * a ? 1 : 0, a < 0.3 ? 1 : 0, a + b < 0.8 ? 1 : 0])
    case .digits, .and, .or, .xor: preconditionFailure("\(self) is no set of points")
    }
  }
}
