import Lamina

extension CheckGroup {
  static let gather = CheckGroup("gather") { list in
    // 2/255 is not exact. Product and sum are rounded separately or together.
    let uniform = Tolerance(relative: 1.2e-7, absolute: 1.2e-7, because: "two roundings or one")
    let perFeature = Tolerance(
      relative: 1.2e-7, absolute: 3.1e-5, because: "products of up to 510 round once more")
    for columns in [1, 3, 16, 17, 48, 64, 100, 784] {
      for hasBytes in [true, false] {
        for (batch, first) in [(1, 0), (5, 2), (32, 11), (64, 0)] {
          for isPerFeature in [false, true] {
            list.add(
              GatherBatch(
                rows: 37, columns: columns, batch: batch, hasBytes: hasBytes,
                isPerFeature: isPerFeature, first: first), isPerFeature ? perFeature : uniform)
          }
        }
      }
    }
  }

  private static let softmaxShapes = [
    (1, 2), (1, 10), (7, 13), (64, 10), (5, 16), (33, 100), (3, 1000),
  ]

  static let softmax = CheckGroup("softmax") { list in
    let tolerance = Tolerance(
      relative: 2e-6, absolute: 2e-6, because: "exp, log and a sum of all columns")
    let extremes: [[Float]] = [
      [1e4, -1e4, 0], [1e4, 1e4, 1e4], [0, 0, 0], [-1e30, -1e30, 1e30],
    ]
    for isLogarithmic in [false, true] {
      for (rows, columns) in softmaxShapes {
        for bound: Float in [0.1, 5, 80] {
          list.add(
            ApplySoftmax(
              isLogarithmic: isLogarithmic, rows: rows, columns: columns,
              values: DesignedData.uniform(rows * columns, bound: bound, seed: 31)), tolerance)
        }
      }
      list.add(
        ApplySoftmax(
          isLogarithmic: isLogarithmic, rows: extremes.count, columns: 3,
          values: extremes.flatMap(\.self)), tolerance)
    }
  }

  /// The delta is compared with the product by the whole Jacobian.
  static let softmaxDelta = CheckGroup("softmax delta") { list in
    for isLogarithmic in [false, true] {
      for (rows, columns) in softmaxShapes {
        list.add(
          ApplySoftmaxDelta(isLogarithmic: isLogarithmic, rows: rows, columns: columns),
          Tolerance(
            relative: 2e-6, absolute: 2e-7 * Double(columns),
            because: "a sum of all columns, whose roundings add up"))
      }
    }
  }

  static let batchNormalization = CheckGroup("batch normalization") { list in
    for (rows, columns) in normalizedShapes {
      for content in NormalizedContent.allCases {
        for (beta, adding): (Float, Bool) in [(0, false), (0.5, true)] {
          list.add(
            NormalizeBatch(
              rows: rows, columns: columns, content: content, beta: beta, adding: adding),
            content.tolerance)
        }
      }
      list.add(
        NormalizeBatch(
          rows: rows, columns: columns, content: .uniform, beta: 0, adding: false,
          hasInputDelta: false), NormalizedContent.uniform.tolerance)
    }
  }

  static let layerNormalization = CheckGroup("layer normalization") { list in
    for (rows, columns) in normalizedShapes {
      for content in NormalizedContent.allCases {
        for (beta, adding): (Float, Bool) in [(0, false), (0.5, true)] {
          list.add(
            NormalizeRows(
              rows: rows, columns: columns, content: content, beta: beta, adding: adding),
            content.tolerance)
        }
      }
    }
  }

  private static let normalizedShapes = [
    (1, 1), (1, 20), (2, 3), (7, 16), (33, 17), (64, 10), (150, 67), (400, 100),
  ]
}

extension NormalizedContent {
  /// In Float, the mean of up to 400 numbers near 1000 has an error of 1e-4. A normalised number
  /// has the same error, and a gradient has this error times a sum of deltas, which is about 12.
  var tolerance: Tolerance {
    self == .farOff
      ? Tolerance(
        relative: 1e-5, absolute: 2e-3,
        because: "the mean 1000 has 3e-5 a digit, and a sum of 400 deltas multiplies its error")
      : Tolerance(relative: 1e-5, absolute: 1e-5, because: "sums of up to 400 terms")
  }
}
