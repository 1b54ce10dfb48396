import Lamina

extension Dataset {
  /// The bytes of the inputs; empty if they are floats.
  var pixels: [UInt8] { if case .bytes(let bytes) = inputs { bytes } else { [] } }

  /// The classes; empty if the targets are numbers.
  var labels: [Int32] { if case .classes(let labels, _) = targets { labels } else { [] } }

  /// The number of examples of each class.
  var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: outputs)) { $0[Int($1)] += 1 }
  }
}

extension Dataset {
  /// The numbers of the inputs; empty if they are bytes.
  var numbers: [Double] {
    switch inputs {
    case .bytes: []
    case .floats(let floats): floats.map { Double($0) }
    case .doubles(let doubles): doubles
    }
  }

  /// The target numbers; empty for other targets.
  var values: [Double] { if case .values(let values, _) = targets { values } else { [] } }
}
