import Glibc
import Lamina

/// A product over numbers made for it, with its right result.
///
/// The numbers are small multiples of 1/64, so that sums are exact in any order and results must
/// fit to the bit, activations by `exp` aside.
struct ProductTrial {
  let product: MatrixProduct
  private let activation: Activation
  private let factors: Factors
  /// What the product changes, what it holds before, and what it must hold after.
  private let changed: [(memory: Matrix<OpenCLBackend>, before: [Float], after: [Float])]
  private let backend: OpenCLBackend
  /// All parameters and all velocities of an update.
  private var arenas: (parameters: OpenCLBackend.Storage, velocity: OpenCLBackend.Storage)?

  private static let momentum: Float = 0.5
  private static let rate: Float = 0.25

  init(
    _ shape: ProductShape, _ activation: Activation, on backend: OpenCLBackend
  ) throws(BackendError) {
    self.backend = backend
    self.activation = activation
    factors = Factors(shape)
    let (rows, columns) = (shape.rows, shape.columns)
    let sums = factors.product()
    let old = TrialNumbers.small(rows * columns, seed: 3)
    let row = TrialNumbers.small(columns, seed: 4)
    let (a, b) = try factors.upload(to: backend)
    let c = try backend.makeMatrix(rows: rows, columns: columns)
    switch shape.epilogue {
    case .plain:
      product = MatrixProduct(a: a, b: b, c: c, epilogue: .plain(alpha: 2, beta: 3))
      changed = [(c, old, zip(sums, old).map { 2 * $0 + 3 * $1 })]
    case .activation:
      let bias = try backend.makeVector(row)
      product = MatrixProduct(a: a, b: b, c: c, epilogue: .activation(activation, bias: bias))
      changed = [
        (c, old, sums.indices.map { activation.value(sums[$0] + row[$0 % columns]) })
      ]
    case .derivative:
      let outputs = TrialNumbers.small(rows * columns, seed: 5).map { $0 / 4 }
      let output = try backend.makeMatrix(outputs, rows: rows, columns: columns)
      product = MatrixProduct(
        a: a, b: b, c: c, epilogue: .derivative(activation, output: output))
      changed = [(c, old, zip(sums, outputs).map { $0 * activation.derivative(output: $1) })]
    case .update:
      let parameters = try Parameters(rows: rows, columns: columns, on: backend)
      let velocities = try Parameters(rows: rows, columns: columns, on: backend)
      let (weights, biases) = (parameters.weights, parameters.bias)
      let (c, biasVelocities) = (velocities.weights, velocities.bias)
      let update = DenseUpdate(
        input: a.transposed, delta: b,
        parameters: DenseParameters(weights: weights, bias: biases.firstRow),
        velocity: DenseParameters(weights: c, bias: biasVelocities.firstRow))
      arenas = (parameters.all, velocities.all)
      product = MatrixProduct(
        a: a, b: b, c: c,
        epilogue: .update(
          update, SGD(learningRate: Self.rate, momentum: Self.momentum)))
      let velocity = zip(sums, old).map { $0 + Self.momentum * $1 }
      let biasVelocity = zip(factors.columnSums(), row).map { $0 + Self.momentum * $1 }
      changed = [
        (c, old, velocity), (weights, old, zip(old, velocity).map { $0 - Self.rate * $1 }),
        (biasVelocities, row, biasVelocity),
        (biases, row, zip(row, biasVelocity).map { $0 - Self.rate * $1 }),
      ]
    }
  }

  /// Everything that the product stands for: updates include those of the parameters.
  func enqueue(by method: MatmulMethod) throws(BackendError) {
    try backend.enqueue(product, by: method)
    try finish(by: method)
  }

  /// The same by CLBlast with parameters of the caller's choice.
  func enqueueByCLBlast(_ parameters: CLBlastParameters) throws(BackendError) {
    try backend.enqueueByCLBlast(product, parameters)
    try finish(by: .clblast)
  }

  /// An update at one place of a joint update, whose others have nothing to do.
  func enqueue(at place: Int, of variant: JointUpdate.Variant) throws(BackendError) {
    guard case .update(let update, let rule) = product.epilogue, let arenas,
      let layer = JointUpdate.Layer(
        update, product, parameters: arenas.parameters, velocity: arenas.velocity)
    else { preconditionFailure("a trial of \(product.key)") }
    let joint = JointUpdate(
      rows: variant.rows, vectors: variant.vectors, tiles: 2,
      layers: [JointUpdate.Layer](repeating: layer, count: variant.layers),
      parameters: arenas.parameters, velocity: arenas.velocity, rule: rule)
    try backend.enqueue(joint, only: place)
  }

  private func finish(by method: MatmulMethod) throws(BackendError) {
    guard case .update(let update, let rule) = product.epilogue, !method.updatesParameters else {
      return
    }
    try backend.enqueueUpdate(of: update, rule)
  }

  /// The first wrong number that `compute` stores, from a fresh start.
  func mismatch(
    after compute: () throws(BackendError) -> Void
  ) throws(BackendError) -> (expected: Float, actual: Float)? {
    for (memory, before, _) in changed { try backend.write(before, to: memory) }
    try compute()
    for (memory, _, after) in changed {
      let actual = try backend.values(of: memory)
      for (expected, actual) in zip(after, actual) where !isRight(actual, expected) {
        return (expected, actual)
      }
    }
    return nil
  }

  private func isRight(_ actual: Float, _ expected: Float) -> Bool {
    if actual == expected { return true }
    // Drivers may compute `exp` and its like with errors of several units in the last place, and
    // join a multiplication by a parameter with an addition.
    let isExact = [.identity, .step, .relu, .absolute].contains(activation)
    return !isExact && (actual - expected).magnitude < 1e-5
  }
}

/// The parameters of a layer as parts of one storage.
private struct Parameters {
  let all: OpenCLBackend.Storage
  let weights: Matrix<OpenCLBackend>
  /// One row.
  let bias: Matrix<OpenCLBackend>

  init(rows: Int, columns: Int, on backend: OpenCLBackend) throws(BackendError) {
    let stride = MatrixLayout.stride(columns: columns)
    let rowBytes = stride * MemoryLayout<Float>.stride
    let biasStart = (rows * rowBytes).rounded(upTo: backend.viewAlignment)
    all = try backend.makeStorage(byteCount: biasStart + rowBytes)
    weights = Matrix(
      storage: backend.makeView(of: all, bytes: 0..<rows * rowBytes), rows: rows,
      columns: columns, stride: stride)
    bias = Matrix(
      storage: backend.makeView(of: all, bytes: biasStart..<biasStart + rowBytes), rows: 1,
      columns: columns, stride: stride)
  }
}

/// The factors of a trial, as they lie in memory but without padding.
private struct Factors {
  let shape: ProductShape
  private let a: [Float]
  private let b: [Float]

  init(_ shape: ProductShape) {
    self.shape = shape
    a = TrialNumbers.small(shape.rows * shape.depth, seed: 1)
    b = TrialNumbers.whole(shape.depth * shape.columns, seed: 2)
  }

  func upload(
    to backend: OpenCLBackend
  ) throws(BackendError) -> (Matrix<OpenCLBackend>, Matrix<OpenCLBackend>) {
    let (rows, columns, depth) = (shape.rows, shape.columns, shape.depth)
    let left =
      shape.transposesA
      ? try backend.makeMatrix(a, rows: depth, columns: rows).transposed
      : try backend.makeMatrix(a, rows: rows, columns: depth)
    let right =
      shape.transposesB
      ? try backend.makeMatrix(b, rows: columns, columns: depth).transposed
      : try backend.makeMatrix(b, rows: depth, columns: columns)
    return (left, right)
  }

  /// `b` with its rows one after the other, whichever way it lies.
  private var rowsOfB: [Float] {
    guard shape.transposesB else { return b }
    return (0..<b.count).map { b[$0 % shape.columns * shape.depth + $0 / shape.columns] }
  }

  /// The product, row by row. Whole rows are added at once, which compilers make vectors of.
  func product() -> [Float] {
    let (columns, depth) = (shape.columns, shape.depth)
    let rowStep = shape.transposesA ? 1 : depth
    let termStep = shape.transposesA ? shape.rows : 1
    var sums = [Float](repeating: 0, count: shape.rows * columns)
    let right = rowsOfB
    sums.withUnsafeMutableBufferPointer { sums in
      right.withUnsafeBufferPointer { right in
        for row in 0..<shape.rows {
          for term in 0..<depth {
            let factor = a[row * rowStep + term * termStep]
            for column in 0..<columns {
              sums[row * columns + column] += factor * right[term * columns + column]
            }
          }
        }
      }
    }
    return sums
  }

  /// The sum of each column of `b`.
  func columnSums() -> [Float] {
    var sums = [Float](repeating: 0, count: shape.columns)
    for (position, value) in rowsOfB.enumerated() { sums[position % shape.columns] += value }
    return sums
  }
}

extension TrialNumbers {
  /// The same divided by 64.
  fileprivate static func small(_ count: Int, seed: Int) -> [Float] {
    whole(count, seed: seed).map { $0 / 64 }
  }
}

extension Matrix<OpenCLBackend> {
  fileprivate var firstRow: Vector<OpenCLBackend> { Vector(storage: storage, count: columns) }
}

extension Activation {
  func value(_ z: Float) -> Float {
    switch self {
    case .identity: z
    case .step: z >= 0 ? 1 : 0
    case .logistic: 1 / (1 + expf(-z))
    case .scaledLogistic(let scale): 1 / (1 + expf(-scale * z))
    case .tanh: tanhf(z)
    case .relu: max(0, z)
    case .leakyReLU(let slope): z > 0 ? z : slope * z
    case .absolute: abs(z)
    case .softplus: max(0, z) + log1pf(expf(-abs(z)))
    case .gelu: z * erfcf(-z / Float(2).squareRoot()) / 2
    case .silu: z / (1 + expf(-z))
    case .elu(let alpha): z > 0 ? z : alpha * expm1f(z)
    case .softmax, .logSoftmax: preconditionFailure("\(self) is no part of a product")
    }
  }

  func derivative(output y: Float) -> Float {
    switch self {
    case .identity: 1
    case .step: 0
    case .logistic: y * (1 - y)
    case .scaledLogistic(let scale): scale * y * (1 - y)
    case .tanh: 1 - y * y
    case .relu: y > 0 ? 1 : 0
    case .leakyReLU(let slope): y > 0 ? 1 : slope
    case .elu(let alpha): y > 0 ? 1 : y + alpha
    case .absolute, .softplus, .gelu, .silu, .softmax, .logSoftmax:
      preconditionFailure("the derivative of \(self) does not follow from one output")
    }
  }
}
