package import Lamina

extension OpenCLBackend {
  /// Opens a device for a check: as for its user, but without plan and cache.
  package convenience init(
    checking device: OpenCLDevice, warn: @escaping (String) -> Void
  ) throws(BackendError) {
    var options = OpenCLOptions.isolated
    options.warn = warn
    try self.init(device, options: options)
    try beginDeviceTrial()
  }

  /// A way to compute products, for checks of each.
  package struct CheckedMethod: Sendable {
    /// As plans call it.
    package var name: String { method.name }
    /// The kernel's, or CLBlast.
    package let kernel: String
    /// The precision of the factors.
    package var precision: Precision { method.precision }
    /// False for TF32X3, which makes NaN of infinity.
    package var keepsInfinities: Bool { method.precision != .tf32x3 }
    fileprivate let method: MatmulMethod
  }

  /// Every method that a planner, or a plan, may choose for a product here, but for the variants of
  /// CLBlast that compile for minutes. What CLBlast leaves to other kernels is none of its own.
  package func checkedMethods(
    rows: Int, columns: Int, depth: Int, transposesA: Bool, transposesB: Bool,
    epilogue: ProductShape.Epilogue, hasPaddedRows: Bool
  ) -> [CheckedMethod] {
    let product = ProductShape(
      rows: rows, columns: columns, depth: depth, transposesA: transposesA,
      transposesB: transposesB, epilogue: epilogue)
    let tensor = Precision.allCases.flatMap {
      MatmulMethod.tensorCandidates(for: product, in: $0)
    }
    return (tensor + MatmulMethod.candidates(for: product, on: shape)).filter { method in
      !method.mayCompileSlowly && planner.fits(method)
        && method.supports(product, hasPaddedRows: hasPaddedRows, on: shape)
        && (method != .clblast || product.epilogue == .plain)
    }.map { CheckedMethod(kernel: $0.kernelName, method: $0) }
  }

  /// Runs `body` with kernels that have not been tried before, and with products by a method where
  /// there is one.
  package func untried<Result>(
    by method: CheckedMethod?, _ body: () throws -> Result
  ) rethrows -> Result {
    let former = forcedMethod
    (forcedMethod, skipsTrials) = (method?.method ?? former, true)
    defer { (forcedMethod, skipsTrials) = (former, false) }
    return try body()
  }

  /// Has the names of kernels told, each as it is performed or recorded.
  package func noteKernels(_ note: @escaping (String) -> Void) { noteKernel = note }

  /// Seconds in the compiler of kernels so far.
  package var compileSeconds: Double { kernels.buildSeconds }
}

extension MatmulMethod {
  /// The file of its kernel.
  fileprivate var kernelName: String {
    switch self {
    case .clblast, .tunedCLBlast: "CLBlast"
    case .vector: "matmul_vector"
    case .packed: "matmul_packed"
    case .dot: "matmul_dot"
    case .tiled: "matmul_tiled"
    case .lanes: "matmul_lanes"
    case .tensor: "matmul_tensor"
    }
  }
}
