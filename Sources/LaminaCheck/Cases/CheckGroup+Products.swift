import Lamina

extension CheckGroup {
  /// Sizes of 1, primes, multiples of tiles, slices and lanes, their neighbours, and the shapes of
  /// real layers.
  static let productSizes = [
    (1, 1, 1), (1, 10, 64), (3, 5, 7), (13, 17, 29), (16, 16, 16), (32, 64, 32), (33, 65, 31),
    (64, 10, 128), (65, 1, 130), (64, 128, 784), (784, 128, 64), (100, 127, 1), (131, 272, 40),
    (16, 256, 257), (128, 128, 8), (129, 131, 9), (4, 16, 256), (5, 18, 260), (1, 150, 300),
    (63, 63, 48), (97, 66, 1026),
  ].map { ProductSizes(rows: $0.0, columns: $0.1, depth: $0.2) }

  static let layerShapes = [
    (1, 1, 1), (2, 3, 5), (1, 37, 10), (7, 13, 11), (16, 16, 16), (32, 64, 32), (33, 65, 31),
    (64, 784, 128), (48, 100, 10), (64, 128, 64), (130, 129, 140), (1, 300, 70), (128, 128, 16),
    // Large enough for methods that pay off only for large layers, with rows of a power of two.
    (256, 256, 256),
  ].map { LayerShape(batch: $0.0, inputs: $0.1, outputs: $0.2) }

  /// Single products with each computation that may follow them, for every method of products.
  /// Whole numbers make sums exact in any order.
  package static let products = CheckGroup("products") { list in
    for sizes in productSizes {
      for isPadded in [false, true] {
        for (a, b) in [(false, false), (true, false), (false, true), (true, true)] {
          list.add(Product(shape: sizes, transposesA: a, transposesB: b, isPadded: isPadded))
        }
      }
      for transposesA in [false, true] {
        list.add(
          Product(shape: sizes, transposesA: transposesA, isPadded: true, alpha: 2, beta: 0.5))
      }
    }
    list.add(
      ProductOfSpecialNumbers(), .exact,
      product: ProductUse(
        rows: 20, columns: 33, depth: 48, transposesA: false, transposesB: false, isPadded: true,
        epilogue: .plain, hasInfinities: true))
    // One activation is enough, because an epilogue does not depend on the method that uses it.
    for shape in layerShapes { list.addLayer(shape, .relu) }
  }

  /// Products of random numbers, whose roundings no whole numbers show, for every method of a precision.
  static func roundedProducts(in precision: Precision) -> CheckGroup {
    CheckGroup("error of products in \(precision)") { list in
      for (rows, columns, depth) in [(64, 128, 784), (33, 65, 31), (128, 128, 128), (16, 24, 4096)]
      {
        for (a, b) in [(false, false), (true, false), (false, true)] {
          let sizes = ProductSizes(rows: rows, columns: columns, depth: depth)
          list.add(
            ProductOfRandomNumbers(shape: sizes, transposesA: a, transposesB: b),
            // The norms of rows and columns of random numbers are near the root of a third of their number.
            Tolerance(
              absolute: precision.errorBound * Double(depth) / 2,
              because: "the roundings of \(precision) explain no more"),
            product: ProductUse(
              rows: rows, columns: columns, depth: depth, transposesA: a, transposesB: b,
              isPadded: true, epilogue: .plain))
        }
      }
    }
  }

  /// Layers by the methods that a backend chooses.
  static let denseLayer = CheckGroup("dense layer") { list in
    for shape in layerShapes {
      for activation in layerActivations {
        list.add(DenseForward(shape: shape, activation: activation), activation.tolerance)
        list.add(DenseBackward(shape: shape, activation: activation), .exact)
      }
    }
  }

  /// Some activations, with and without a parameter. ``activation`` covers all.
  static let layerActivations = [
    Activation.identity, .logistic, .relu, .leakyReLU(slope: 0.2),
  ]

  /// Updates of as many layers as one launch takes, and of more.
  static let denseUpdates = CheckGroup("dense updates") { list in
    var networks = layerShapes.map {
      [$0, LayerShape(batch: $0.batch, inputs: $0.outputs, outputs: 10)]
    }
    for sizes in [
      [784, 16, 10], [20, 17, 9, 5], [50, 33, 40, 30, 20], [9, 8, 7, 6, 5, 4, 3], [3, 70, 2],
      [64, 300, 10],
    ] {
      networks.append(
        zip(sizes, sizes.dropFirst()).map { LayerShape(batch: 33, inputs: $0, outputs: $1) })
    }
    for shapes in networks {
      for momentum: Float in [0, 0.5] {
        list.add(DenseUpdates(shapes: shapes, momentum: momentum), .exact)
      }
    }
  }
}

extension CaseList {
  fileprivate mutating func add(_ product: Product) {
    let sizes = product.shape
    add(
      product, .exact,
      product: ProductUse(
        rows: sizes.rows, columns: sizes.columns, depth: sizes.depth,
        transposesA: product.transposesA, transposesB: product.transposesB,
        isPadded: product.isPadded, epilogue: .plain))
  }

  /// Adds the forward pass, the backward pass and the update of a layer.
  fileprivate mutating func addLayer(_ shape: LayerShape, _ activation: Activation) {
    add(
      DenseForward(shape: shape, activation: activation), activation.tolerance,
      product: ProductUse(
        rows: shape.batch, columns: shape.outputs, depth: shape.inputs, transposesA: false,
        transposesB: false, isPadded: true, epilogue: .activation))
    add(
      DenseBackward(shape: shape, activation: activation), .exact,
      product: ProductUse(
        rows: shape.batch, columns: shape.inputs, depth: shape.outputs, transposesA: false,
        transposesB: true, isPadded: true, epilogue: .derivative))
    for momentum: Float in [0, 0.5] {
      add(
        DenseUpdates(shapes: [shape], momentum: momentum), .exact,
        product: ProductUse(
          rows: shape.inputs, columns: shape.outputs, depth: shape.batch, transposesA: true,
          transposesB: false, isPadded: true, epilogue: .update))
    }
  }
}
