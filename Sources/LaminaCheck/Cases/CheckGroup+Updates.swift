import Lamina

/// Lengths: 1, a device's vector width and its neighbours, and several work-groups.
private let counts = [1, 15, 16, 17, 1000, 5003]

extension CheckGroup {
  static let columnSums = CheckGroup("column sums") { list in
    for (rows, columns) in [(1, 1), (1, 31), (64, 10), (63, 17), (512, 129), (1000, 3)] {
      for beta: Float in [0, 1, 0.5] {
        list.add(SumColumns(rows: rows, columns: columns, beta: beta), .exact)
      }
    }
  }

  static let update = CheckGroup("update") { list in
    for count in [1, 15, 16, 17, 1000] { list.add(UpdateParameters(count: count), .exact) }
  }

  /// One group a kernel, with its name.
  static let optimizers: [CheckGroup] = {
    let byKernel = Dictionary(grouping: Optimizer.usual.map(\.value)) { $0.rule.name }
    return byKernel.sorted { $0.key < $1.key }.map { optimizer($0.key, $0.value) }
  }()

  private static func optimizer(_ name: String, _ optimizers: [Optimizer]) -> CheckGroup {
    CheckGroup(name) { list in
      let tolerance = Tolerance(
        relative: 3e-6, absolute: 3e-6, because: "4 steps of a root and a quotient")
      for usual in optimizers {
        for optimizer in [usual, usual.setting("learning_rate", to: 0.1) ?? usual, usual.unusual] {
          for count in counts {
            list.add(OptimizerSteps(optimizer: optimizer, count: count), tolerance)
          }
        }
        list.add(OptimizerSteps(optimizer: usual, count: 17, hasNaN: true), tolerance)
      }
    }
  }

  static let penaltyGradient = CheckGroup("penalty gradient") { list in
    let tolerance = Tolerance(relative: 1e-6, absolute: 5e-7, because: "two products, two sums")
    for penalties in [Penalties(l1: 0.5), Penalties(l2: 0.25), Penalties(l1: 0.1, l2: 0.2)] {
      for count in counts {
        list.add(
          AddPenaltyGradient(
            penalties: penalties, weights: DesignedData.uniform(count, bound: 2, seed: 84)),
          tolerance)
      }
      list.add(AddPenaltyGradient(penalties: penalties, weights: extremes), tolerance)
    }
  }

  /// Infinities become the limit, and NaN stays NaN.
  static let clip = CheckGroup("clip") { list in
    for limit: Float in [1e-6, 0.5, 3] {
      for count in counts {
        list.add(
          ClipValues(values: DesignedData.uniform(count, bound: 4, seed: 85), limit: limit), .exact)
      }
      list.add(ClipValues(values: extremes, limit: limit), .exact)
    }
  }

  /// Without 1e-30, because processors may flush its subnormal square to zero.
  private static var extremes: [Float] { DesignedData.extremes().filter { abs($0) != 1e-30 } }

  static let partialSums = CheckGroup("partial sums") { list in
    for measure in Magnitude.allCases {
      for count in counts {
        for sums in [1, 2, 63, 512] {
          list.add(SumParts(count: count, sums: sums, measure: measure), .exact)
        }
      }
    }
  }

  static let clipNorm = CheckGroup("clip norm") { list in
    let tolerance = Tolerance(relative: 3e-6, because: "a sum of squares, a root, a quotient")
    for sums in [1, 2, 7, 64] {
      for count in counts {
        for limit: Float in [0.125, 1e5] {
          list.add(
            ClipNorm(
              values: DesignedData.uniform(count, bound: 4, seed: 86), sums: sums, limit: limit),
            tolerance)
        }
      }
      // As in PyTorch, a vector exactly at the limit is scaled by slightly less than 1.
      list.add(ClipNorm(values: [3, 4, 0], sums: sums, limit: 5), tolerance)
    }
    for bad: Float in [.infinity, -.infinity, .nan] {
      list.add(ClipNorm(values: [1, 0, bad, -2], sums: 2, limit: 1), .exact)
    }
  }

  static let decay = CheckGroup("decay") { list in
    for count in counts { list.add(DecayWeights(count: count), .exact) }
  }

  static let columnNormLimit = CheckGroup("column norm limit") { list in
    let tolerance = Tolerance(
      relative: 5e-6, because: "a sum of up to 784 squares, a root, a quotient")
    for (rows, columns) in [(1, 3), (7, 13), (64, 16), (200, 33), (784, 128)] {
      let whole = 16 - columns % 16
      for padding in [0, 1, whole] {
        for limit: Float in [0.5, 3, 1e6] {
          list.add(
            LimitColumnNorms(rows: rows, columns: columns, stride: columns + padding, limit: limit),
            tolerance)
        }
      }
      for special: Float in [.infinity, .nan] {
        list.add(
          LimitColumnNorms(
            rows: rows, columns: columns, stride: columns + whole, limit: 1, special: special),
          tolerance)
      }
    }
  }
}

extension Optimizer {
  /// The same with other numbers, no two alike, each of which shares and epsilons can be.
  fileprivate var unusual: Optimizer {
    zip(argumentNames, 1...).reduce(self) { optimizer, argument in
      optimizer.setting(argument.0, to: 1 / Double(1 << argument.1)) ?? optimizer
    }
  }
}
