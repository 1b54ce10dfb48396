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
  /// The floats of the inputs; empty where they are bytes.
  var numbers: [Float] { if case .floats(let floats) = inputs { floats } else { [] } }

  /// The target numbers; empty where the targets are others.
  var values: [Float] { if case .values(let values, _) = targets { values } else { [] } }
}
