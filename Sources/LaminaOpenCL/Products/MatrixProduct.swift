import Lamina

/// A matrix product with its epilogue: the work on its sums before they are stored.
struct MatrixProduct {
  /// The work of a kernel on the sums of a product: see `Kernels/products/epilogues.clh`.
  enum Epilogue {
    /// `c = alpha · sum + beta · c`.
    case plain(alpha: Float, beta: Float)
    /// `c = f(sum + bias)`.
    case activation(Activation, bias: Vector<OpenCLBackend>)
    /// `c = sum · f'(output)`.
    case derivative(Activation, output: Matrix<OpenCLBackend>)
    /// `c = momentum · c + sum`, `weights -= rate · c`; the bias likewise, from the sums of `b`.
    case update(LayerUpdate)
  }

  let a: Matrix<OpenCLBackend>
  let b: Matrix<OpenCLBackend>
  let c: Matrix<OpenCLBackend>
  let epilogue: Epilogue

  var rows: Int { c.rows }
  var columns: Int { c.columns }
  /// The number of terms of each sum.
  var depth: Int { a.columns }

  /// True if all rows that kernels read or write in vectors begin at multiples of `width` numbers.
  func hasPaddedRows(width: Int) -> Bool {
    var strides = [b.stride, c.stride]
    if b.isTransposed { strides.append(a.stride) }
    return strides.allSatisfy { $0 % width == 0 }
  }
}

/// The update of a dense layer by plain gradient descent on its gradients, or on velocities that
/// these add up to.
struct LayerUpdate {
  /// The input of the layer, batch × inputs.
  let input: Matrix<OpenCLBackend>
  /// The derivative of the loss by the layer's pre-activation, batch × outputs.
  let delta: Matrix<OpenCLBackend>
  /// The parameters that change.
  let parameters: DenseParameters<OpenCLBackend>
  /// Gradients or velocities.
  let velocity: DenseParameters<OpenCLBackend>
  /// The share of the velocity that stays.
  let momentum: Float
  /// Before any schedule.
  let learningRate: Float

  /// The product that accumulates the gradients, and all that follows.
  var product: MatrixProduct {
    MatrixProduct(a: input.transposed, b: delta, c: velocity.weights, epilogue: .update(self))
  }
}

extension MatrixProduct {
  /// The entry of a profile.
  var profiled: Profile.Work { .product("", rows: rows, columns: columns, depth: depth) }
}

extension MatrixProduct.Epilogue {
  /// The files that a kernel needs for it.
  var headers: [KernelFile] {
    switch self {
    case .activation(let activation, _), .derivative(let activation, _):
      [activation.kernelHeader, .epilogues]
    case .plain, .update: [.epilogues]
    }
  }

  /// Macros that choose it in `epilogues.clh`.
  var macros: [String] {
    switch self {
    case .plain: ["EPILOGUE=PLAIN"]
    case .activation(let activation, _): ["EPILOGUE=ACTIVATION"] + activation.macros
    case .derivative(let activation, _): ["EPILOGUE=DERIVATIVE"] + activation.macros
    case .update: ["EPILOGUE=UPDATE"]
    }
  }

  /// The matrices that it reads or changes besides the product's.
  fileprivate var matrices: [Matrix<OpenCLBackend>] {
    switch self {
    case .plain, .activation: []
    case .derivative(_, let output): [output]
    case .update(let update): [update.parameters.weights]
    }
  }

  /// The values of its parameters, in their order.
  ///
  /// - Parameter results: The numbers of its matrices.
  func arguments(results: KernelArgument.NumberType = .float) -> [KernelArgument] {
    switch self {
    case .plain(let alpha, let beta): [.float(alpha), .float(beta)]
    case .activation(_, let bias): [.buffer(bias)]
    case .derivative(_, let output): [.buffer(output, results), .count(output.stride)]
    case .update(let update):
      [
        .float(update.momentum), .learningRate(update.learningRate),
        .buffer(update.parameters.weights, results),
      ]
    }
  }
}

extension MatrixProduct {
  /// The numbers of `c` and of the epilogue's matrices where kernels may take them by vectors; see
  /// `ALIGNED_RESULTS` in `epilogues.clh`.
  var resultType: KernelArgument.NumberType {
    let isAligned = ([c] + epilogue.matrices).allSatisfy(\.isAligned)
    return isAligned ? .fours : .float
  }

  /// The macro for ``resultType``.
  var resultMacros: [String] { resultType == .fours ? ["ALIGNED_RESULTS"] : [] }
}

extension Matrix<OpenCLBackend> {
  /// True if all lines start at whole vectors of 4 numbers.
  var isAligned: Bool { stride % 4 == 0 && offset % 4 == 0 }
}
