import Lamina
import LaminaCheck
import Support
import Testing

/// A predictor computes what the formula of the network says, for any number of examples at once.
struct PredictorTests {
  private static let description = NetworkDescription(
    inputs: 3,
    layers: [
      .dense(outputs: 4, activation: .relu), .dense(outputs: 2, activation: .identity),
    ], loss: .quadratic,
    inputScaling: .perFeature(
      centers: [1000, -2, 0], scales: [0.5, 2, 1], offsets: [0, 0.25, -1]),
    targetScaling: TargetScaling(means: [50, -1], deviations: [10, 0.5]))
  private static let parameters = NetworkParameters(
    for: description, initialization: .pyTorch, seed: 5)

  private static func dataset(_ count: Int) -> Dataset {
    let numbers = (0..<count).flatMap { row -> [Double] in
      let (first, second, third) = (Double(row % 7), Double(row % 5), Double(row % 11))
      return [1000 + first / 4, -2 + second / 8, third / 10]
    }
    return Dataset(name: "rows", inputs: .doubles(numbers), targets: .inputs, features: 3)
  }

  /// The outputs by the formula, in double precision: scaled inputs, two layers.
  private static func expected(_ dataset: Dataset) -> [Float] {
    guard case .doubles(let numbers) = dataset.inputs else { return [] }
    let scaling = description.inputScaling
    let (w1, b1, w2, b2) = (
      parameters.tensors[0], parameters.tensors[1], parameters.tensors[2], parameters.tensors[3]
    )
    func layer(_ inputs: [Double], _ weights: [Float], _ biases: [Float]) -> [Double] {
      biases.indices.map { output in
        inputs.indices.reduce(Double(biases[output])) { sum, input in
          sum + Double(weights[output * inputs.count + input]) * inputs[input]
        }
      }
    }
    return stride(from: 0, to: numbers.count, by: 3).flatMap { start in
      let inputs = (0..<3).map { feature in
        (numbers[start + feature] - scaling.center(of: feature))
          * Double(scaling.scale(of: feature)) + Double(scaling.offset(of: feature))
      }
      return layer(layer(inputs, w1, b1).map { max(0, $0) }, w2, b2).map { Float($0) }
    }
  }

  private static let tolerance = Tolerance(
    absolute: 2e-6, because: "two layers of at most four products, each rounded to 24 bits")

  @Test(arguments: TestBackend.all) func outputsAreThoseOfTheFormula(_ backend: TestBackend) throws
  {
    for (count, rows) in [(1, nil), (10, 4), (10, 1), (8, 4), (2500, nil)] as [(Int, Int?)] {
      let dataset = Self.dataset(count)
      let outputs = try backend.use { try Self.outputs(dataset, rows: rows, on: $0) }
      expectClose(outputs, Self.expected(dataset), Self.tolerance, "\(count) rows by \(rows ?? 0)")
    }
  }

  private static func outputs<B: Backend>(
    _ dataset: Dataset, rows: Int?, on backend: B
  ) throws -> [Float] {
    let network = try Network(description, values: parameters, on: backend)
    let predictor = try Predictor(network, rows: rows)
    // What an earlier batch left behind must not show.
    _ = try predictor.outputs(for: Self.dataset(17))
    return try predictor.outputs(for: dataset)
  }

  @Test func numbersHaveTheUnitOfTheData() {
    let predictions = TaskPrediction.values([0, 0, 1, -2], of: Self.description)
    guard case .values(let values) = predictions else { return }
    #expect(values == [50, -1, 60, -2])
  }

  @Test func reconstructionsHaveTheUnitOfTheInputs() {
    let scaling = Self.description.inputScaling
    #expect(scaling.restored([1, 0.75, 0], features: 3) == [1002, -1.75, 1])
    let constant = InputScaling.perFeature(centers: [7], scales: [0], offsets: [0])
    #expect(constant.restored([3], features: 1) == [7])
    #expect(InputScaling.signedUnit.restored([-1], features: 1) == [0])
  }

  @Test func classesLabelsAndProbabilities() {
    let classes = NetworkDescription.classifier(
      inputs: 1, hidden: [], activation: .relu, classes: 3, inputScaling: .identity)
    let outputs: [Float] = [0, 2, 2, -.infinity, -3, .nan, .nan, .nan, .nan]
    guard
      case .classes(let found, nil) = TaskPrediction.classes(
        outputs, of: classes, tellsProbabilities: false),
      case .classes(_, let probabilities?) = TaskPrediction.classes(
        [0, 0, 0], of: classes, tellsProbabilities: true)
    else {
      Issue.record("classes expected")
      return
    }
    #expect(found == [1, 1, nil])
    let third = Float(1.0 / 3)
    #expect(probabilities == [third, third, third])
    let labels = NetworkDescription(
      inputs: 1, layers: [.dense(outputs: 2, activation: .identity)], loss: .logisticCrossEntropy)
    guard
      case .labels(let applies, let shares?) = TaskPrediction.labels(
        [0.1, 0.1, .nan, 2], of: labels, thresholds: [0.5, 0.6], tellsProbabilities: true)
    else {
      Issue.record("labels expected")
      return
    }
    #expect(applies == [true, false, false, true])
    // 1 / (1 + e^-0.1), to the digits of a float.
    let difference = abs(shares[0] - 0.52497919)
    #expect(difference < 1e-6)
  }
}
