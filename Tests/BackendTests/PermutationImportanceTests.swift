import Lamina
import Support
import Testing

@Suite struct PermutationImportanceTests {
  /// The drops of R² are those of scikit-learn's definition: the score of the data set less that of a
  /// copy whose columns are permuted, for the same orders.
  @Test(arguments: TestBackend.all)
  func dropsAreThoseOfPermutedCopies(backend: TestBackend) throws {
    try backend.use { try check(on: $0) }
  }

  private func check(on backend: some Backend) throws {
    let (count, features) = (1500, 4)
    let numbers = (0..<count * features).map { Double(($0 * 7919) % 1013) / 1013 }
    let rows = (0..<count).map { Array(numbers[$0 * features..<($0 + 1) * features]) }
    let targets = Dataset.Targets.values(
      rows.map { 3 * $0[0] - 2 * $0[1] + 0.5 * $0[2] + $0[3] / 4 }, names: ["y"])
    func dataset(_ rows: [[Double]]) -> Dataset {
      Dataset(
        name: "t", inputs: .doubles(rows.flatMap(\.self)), targets: targets, features: features)
    }
    let description = NetworkDescription(
      inputs: features, layers: [.dense(outputs: 1, activation: .identity)], loss: .squaredError)
    let network = try Network(
      description, values: NetworkParameters(tensors: [[3, -2, 0.5, 0], [0]]), on: backend)
    let evaluator = try Evaluator(network)
    func score(_ data: Dataset) throws -> Double {
      TaskReport(outputs: try evaluator.outputs(for: data), of: description, for: data)
        .headline.value ?? .nan
    }
    let base = try score(dataset(rows))
    let groups = [
      PermutationImportance.Group(name: "a", inputs: [0]),
      PermutationImportance.Group(name: "bc", inputs: [1, 2]),
      PermutationImportance.Group(name: "d", inputs: [3]),
    ]
    let found = try #require(
      try PermutationImportance.measure(
        groups, of: network, for: dataset(rows), score: base, repeats: 3, seed: 5))
    #expect(found.map(\.name) == ["a", "bc", "d"])
    for (place, group) in groups.enumerated() {
      let orders = PermutationImportance.orders(of: count, group: place, repeats: 3, seed: 5)
      for (order, drop) in zip(orders, found[place].drops) {
        #expect(order.sorted() == Array(0..<count))
        var permuted = rows
        for row in 0..<count {
          for column in group.inputs { permuted[row][column] = rows[order[row]][column] }
        }
        // The same numbers go through the same products.
        #expect(abs(drop - (base - (try score(dataset(permuted))))) < 1e-9)
      }
    }
    #expect(found[0].mean > found[1].mean && found[1].mean > 0.05)
    #expect(found[2].drops == [0, 0, 0], "the network does not look at this input")
    let drops = found[0].drops
    let mean = drops.reduce(0, +) / 3
    let spread = (drops.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
    #expect(found[0].mean == mean && abs(found[0].deviation - spread) < 1e-15)
  }
}
