import Lamina

/// A small network with data, for tests of sessions.
enum SessionExamples {
  static let network = NetworkDescription.classifier(
    inputs: 12, hidden: [10], activation: .tanh, classes: 3, inputScaling: .unit)

  /// Noisy prototypes of three classes; so few that a network soon learns them by heart.
  static func dataset(_ name: String, count: Int, seed: UInt64) -> Dataset {
    var generator = Philox(seed: seed).generator()
    let labels = (0..<count).map { Int32($0 % 3) }
    let bytes = labels.flatMap { label in
      (0..<12).map { column in
        UInt8(generator.uniform(below: 160)) + (column % 3 == Int(label) ? 90 : 0)
      }
    }
    return Dataset(
      name: name, inputs: .bytes(bytes), targets: .classes(labels, classNames: ["a", "b", "c"]),
      features: 12)
  }
}
