import Lamina

extension Dataset {
  /// The bytes of the inputs; empty where they are floats.
  var pixels: [UInt8] { if case .bytes(let bytes) = inputs { bytes } else { [] } }

  /// The classes; empty where the targets are numbers.
  var labels: [Int32] { if case .classes(let labels, _) = targets { labels } else { [] } }

  /// How many examples each class has.
  var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: outputs)) { $0[Int($1)] += 1 }
  }
}

extension Dataset {
  /// The numbers of the inputs; empty where they are bytes.
  var numbers: [Double] {
    switch inputs {
    case .bytes: []
    case .floats(let floats): floats.map { Double($0) }
    case .doubles(let doubles): doubles
    }
  }

  /// The target numbers; empty where the targets are others.
  var values: [Double] { if case .values(let values, _) = targets { values } else { [] } }
}
