package import Lamina

/// Sizes of 1, primes, and multiples of vectors and their neighbours.
private let shapes = [(1, 1), (1, 10), (7, 13), (64, 10), (64, 128), (33, 65)]

extension Activation {
  /// The elementwise activations, some also with a parameter other than the default.
  package static let elementwise: [Activation] =
    allCases.filter(\.isElementwise)
    + allCases.filter { $0.parameter != nil }.map { $0.with(parameter: 0.7) }
    + [.leakyReLU(slope: 0)]

  /// What several functions, one of the other, may be off, but for those that need more, and those
  /// of one function, which are within two units in the last place.
  var tolerance: Tolerance {
    switch self {
    case .gelu:
      Tolerance(
        relative: 1e-6, absolute: 1e-6,
        because: "erfc multiplies the rounding of its argument by the square of that")
    case .scaledLogistic:
      Tolerance(
        relative: 1e-5, absolute: 1e-34, because: "exp multiplies the rounding of its argument")
    case .identity, .step, .logistic, .tanh, .relu, .leakyReLU, .absolute:
      Tolerance(
        relative: 2.4e-7, absolute: 2e-38,
        because: "2 units in the last place, subnormals are zero")
    default:
      Tolerance(
        relative: 1e-6, absolute: 1e-34,
        because: "two functions, one of the other; exp(88) is the end of floats")
    }
  }
}

extension CheckGroup {
  static let activation = CheckGroup("activation") { list in
    for activation in Activation.elementwise {
      for (rows, columns) in shapes {
        for bound: Float in [0.01, 1, 10, 60] {
          list.add(
            ApplyActivation(
              activation: activation, rows: rows, columns: columns,
              values: DesignedData.uniform(rows * columns, bound: bound, seed: 9),
              bias: [Float](repeating: 0, count: columns)), activation.tolerance)
        }
        // Whole numbers make the sum exact.
        list.add(
          ApplyActivation(
            activation: activation, rows: rows, columns: columns,
            values: DesignedData.integers(rows * columns, seed: 10),
            bias: (0..<columns).map { Float($0 % 5 + 1) }), activation.tolerance)
      }
      let extremes = DesignedData.extremes()
      list.add(
        ApplyActivation(
          activation: activation, rows: 1, columns: extremes.count, values: extremes,
          bias: [Float](repeating: 0, count: extremes.count)), activation.tolerance)
    }
  }

  static let activationDelta = CheckGroup("activation delta") { list in
    for activation in Activation.elementwise {
      for (rows, columns) in shapes {
        list.add(
          ApplyActivationDelta(activation: activation, rows: rows, columns: columns),
          Tolerance(
            relative: 4e-7, absolute: 4e-7, because: "three roundings; 1 - f² cancels near 1"))
      }
    }
  }

  static let add = CheckGroup("add") { list in
    for (rows, columns) in [(1, 1), (7, 13), (64, 128), (33, 65)] {
      for target in 0..<3 {
        list.add(AddMatrices(rows: rows, columns: columns, target: target), .exact)
      }
    }
  }

  static let fill = CheckGroup("fill") { list in
    for count in [1, 15, 16, 17, 1000] {
      for value: Float in [3.25, .infinity, .nan] {
        list.add(FillVector(count: count, value: value), .exact)
      }
    }
  }

  /// The results must be exact if the factors are powers of two.
  static let dropout = CheckGroup("dropout") { list in
    for (rows, columns) in [(1, 1), (3, 4), (7, 13), (300, 128), (33, 65)] {
      for rate: Float in [0.5, 0.75] {
        for (offset, adding) in [(0, false), (1000, true)] {
          list.add(
            DropNumbers(
              rows: rows, columns: columns, rate: rate, rowOffset: offset, adding: adding), .exact)
        }
      }
      if rows > 1 {
        list.add(DropNumbers(rows: rows, columns: columns, steps: [9], isInPlace: true), .exact)
      }
    }
    for rate: Float in [0.1, 0.9, 0.999] {
      list.add(
        DropNumbers(rows: 50, columns: 100, rate: rate),
        Tolerance(relative: 1e-6, because: "1 / (1 - rate) is rounded"))
    }
    // Dropped values become zero, even if they were NaN.
    list.add(DropNumbers(rows: 8, columns: 40, input: [Float](repeating: .nan, count: 320)), .exact)
  }

  /// The first of equal maxima gets the whole delta. Infinities and NaN pass through.
  static let maxout = CheckGroup("maxout") { list in
    for (rows, columns, pieces) in [(1, 1, 2), (3, 5, 3), (7, 16, 2), (33, 17, 4), (500, 100, 4)] {
      list.add(ApplyMaxout(rows: rows, columns: columns, pieces: pieces), .exact)
    }
    let ties: [[Float]] = [
      [1, 1, 1], [2, 1, 2], [-.infinity, 0, .infinity], [-.infinity, -.infinity, -.infinity],
      [.nan, 1, 2], [1, .nan, 2], [1, 2, .nan], [0, -0.0, -1],
    ]
    list.add(
      ApplyMaxout(rows: ties.count, columns: 1, pieces: 3, input: ties.flatMap { $0 }), .exact)
  }

  /// Exponents reach 60, where one rounding of 2⁻²⁴ changes a power of e by 60 · 2⁻²⁴.
  static let kernelFunction = CheckGroup("kernel function") { list in
    let tolerance = Tolerance(
      relative: 6e-6, absolute: 2e-38,
      because: "rounding of the exponent, then of 3 multiplications; subnormals are zero")
    let extremes = DesignedData.extremes()
    for function in kernelFunctions {
      for (rows, columns) in [(1, 1), (1, 17), (7, 13), (64, 128), (33, 65)] {
        for stride in [columns, MatrixLayout.stride(columns: columns)] {
          list.add(
            ApplyKernelFunction(
              function: function, rows: rows, columns: columns, stride: stride,
              products: DesignedData.integers(rows * columns, seed: 51), square: 6), tolerance)
        }
      }
      list.add(
        ApplyKernelFunction(
          function: function, rows: 1, columns: extremes.count, stride: extremes.count,
          products: extremes, square: 6), tolerance)
    }
    // Equal rows have the distance 0, and rounding may make it negative.
    list.add(
      ApplyKernelFunction(
        function: .rbf(gamma: 4), rows: 3, columns: 3, stride: 16,
        products: (0..<9).map { 7 + Float($0) }, square: 6), tolerance)
  }

  private static let kernelFunctions: [KernelFunction] = [
    .linear, .polynomial(degree: 1, gamma: 0.5, coef0: 0),
    .polynomial(degree: 3, gamma: 0.25, coef0: 0), .polynomial(degree: 6, gamma: 0.5, coef0: 1.5),
    .rbf(gamma: 0.25), .rbf(gamma: 2), .sigmoid(gamma: 0.5, coef0: 0),
    .sigmoid(gamma: 0.125, coef0: -0.75),
  ]
}
