import Lamina
import LaminaReference

/// A product of a shape over designed numbers, for measurements of every way to compute it.
struct TunedProduct {
  let product: MatrixProduct
  private let list: ListTrial<OpenCLBackend>
  private let backend: OpenCLBackend

  init(
    _ shape: ProductShape, _ activation: Activation, on backend: OpenCLBackend
  ) throws(BackendError) {
    self.backend = backend
    do {
      list = try ListTrial(ProductSource(shape: shape, activation: activation), on: backend)
    } catch let error as BackendError {
      throw error
    } catch {
      throw backend.queue.failure("\(shape)", "\(error)")
    }
    guard let product = MatrixProduct(list.operations) else {
      preconditionFailure("\(shape) is no product")
    }
    self.product = product
  }

  /// The product by a method, ready to run.
  func prepare(by method: MatmulMethod) throws(BackendError) -> OpenCLBackend.Prepared {
    let encoder = backend.makeEncoder()
    try encoder.encode(product, by: method, backend.clblast)
    return OpenCLBackend.Prepared(encoder.commands, stages: [])
  }

  /// The first wrong number that a method makes.
  func mismatch(
    by method: MatmulMethod
  ) throws(BackendError) -> (expected: Float, actual: Float)? {
    let prepared = try prepare(by: method)
    do {
      return try list.mismatch { arguments in try backend.run(prepared, with: arguments) }
    } catch let error as BackendError {
      throw error
    } catch {
      throw backend.queue.failure(method.name, "\(error)")
    }
  }
}

/// The operations that products of a shape stand for.
private struct ProductSource: OperationSource {
  let shape: ProductShape
  let activation: Activation

  func operations<B: Backend>(on backend: B) throws -> [Operation<B>] {
    let (rows, columns, depth) = (shape.rows, shape.columns, shape.depth)
    let a =
      shape.transposesA
      ? try backend.makeMatrix(rows: depth, columns: rows).transposed
      : try backend.makeMatrix(rows: rows, columns: depth)
    let b =
      shape.transposesB
      ? try backend.makeMatrix(rows: columns, columns: depth).transposed
      : try backend.makeMatrix(rows: depth, columns: columns)
    let c = try backend.makeMatrix(rows: rows, columns: columns)
    switch shape.epilogue {
    case .plain: return [.matmul(a, b, alpha: 2, beta: 0.75, into: c)]
    case .activation:
      let bias = try backend.makeVector(count: columns)
      return [.matmul(a, b, into: c), .activation(activation, of: c, bias: bias, into: c)]
    case .derivative:
      let output = try backend.makeMatrix(rows: rows, columns: columns)
      return [.matmul(a, b, into: c), .activationDelta(activation, saved: output, on: c)]
    case .update: return try updates(a, b, on: backend)
    }
  }

  /// Weights and bias lie one after the other, as their gradients do.
  private func updates<B: Backend>(
    _ a: Matrix<B>, _ b: Matrix<B>, on backend: B
  ) throws -> [Operation<B>] {
    let stride = MatrixLayout.stride(columns: shape.columns)
    let count = shape.rows * stride + shape.columns
    let (all, gradients) = (
      try backend.makeVector(count: count), try backend.makeVector(count: count)
    )
    let weights = Matrix<B>(
      buffer: gradients.buffer, rows: shape.rows, columns: shape.columns, stride: stride)
    let bias = Vector<B>(
      buffer: gradients.buffer, offset: shape.rows * stride, count: shape.columns)
    return [
      .matmul(a, b, beta: 0.75, into: weights), .columnSums(of: b, beta: 0.75, into: bias),
      .update(all, gradients: gradients, by: .sgd(SGD(learningRate: 0.125))),
    ]
  }
}
