import COpenBLAS
import Glibc
import Lamina

/// OpenBLAS, loaded at run time.
///
/// Loading it late lets Lamina choose the kernel set first (``KernelSet``). OpenBLAS takes unknown
/// processors for old ones, and also obeys environment variables that were set for other programs.
/// Either can halve the speed or worse. Lamina also restricts OpenBLAS to one thread, because the
/// threads of ``ThreadTeam`` share the products.
struct OpenBLAS: Sendable {
  private typealias SingleMatmul =
    @convention(c) (
      CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, Int32, Int32, Int32, Float,
      UnsafePointer<Float>?, Int32, UnsafePointer<Float>?, Int32, Float,
      UnsafeMutablePointer<Float>?, Int32
    ) -> Void
  /// `y += alpha · x`: the count, alpha, x and y, each vector with its stride.
  typealias Axpy =
    @convention(c) (
      Int32, Float, UnsafePointer<Float>?, Int32, UnsafeMutablePointer<Float>?, Int32
    ) -> Void
  private typealias CopyMatrix =
    @convention(c) (
      CBLAS_ORDER, CBLAS_TRANSPOSE, Int32, Int32, Float, UnsafePointer<Float>?, Int32,
      UnsafeMutablePointer<Float>?, Int32
    ) -> Void
  private typealias Text = @convention(c) () -> UnsafePointer<CChar>?
  private typealias SetThreads = @convention(c) (Int32) -> Void

  private let sgemm: SingleMatmul
  let saxpy: Axpy
  private let somatcopy: CopyMatrix
  /// The version, as the library tells it.
  let version: String
  /// The kernel set in use, such as `SkylakeX`.
  let kernelSet: String
  /// A note for the user about the kernel set; nil if it suits the processor.
  let warning: String?
  /// True if the kernel set has kernels for small products that need no copies.
  let hasSmallKernels: Bool

  /// Loads the library with the settings that suit `processor`.
  init(for processor: Processor) throws(BackendError) {
    let wanted = getenv(KernelSet.variable).map { String(cString: $0) }.flatMap {
      $0.isEmpty ? nil : $0
    }
    Self.makeSettings(kernelSet: try KernelSet.choice(for: processor, wanted: wanted))
    let name = "libopenblas.so.0"
    guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw Self.missing(dlerror().map { String(cString: $0) } ?? "\(name) was not found")
    }
    func symbol<Function>(_ symbol: String, as type: Function.Type) throws(BackendError) -> Function
    {
      guard let address = dlsym(library, symbol) else {
        throw Self.missing("\(name) has no \(symbol)")
      }
      return unsafeBitCast(address, to: type)
    }
    sgemm = try symbol("cblas_sgemm", as: SingleMatmul.self)
    saxpy = try symbol("cblas_saxpy", as: Axpy.self)
    somatcopy = try symbol("cblas_somatcopy", as: CopyMatrix.self)
    try symbol("openblas_set_num_threads", as: SetThreads.self)(1)
    func text(_ name: String) throws(BackendError) -> String {
      try symbol(name, as: Text.self)().map { String(cString: $0) } ?? ""
    }
    let words = try text("openblas_get_config").split(separator: " ")
    version = words.dropFirst().first.map(String.init) ?? "unknown"
    kernelSet = try text("openblas_get_corename")
    warning = KernelSet.warning(loaded: kernelSet, for: processor, wanted: wanted, version: version)
    hasSmallKernels = ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(kernelSet)
  }

  /// The variables that OpenBLAS reads while it is loaded.
  private static func makeSettings(kernelSet: String?) {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    unsetenv("OPENBLAS_L2_SIZE")
    if let kernelSet {
      setenv("OPENBLAS_CORETYPE", kernelSet, 1)
    } else {
      unsetenv("OPENBLAS_CORETYPE")
    }
  }

  private static func missing(_ reason: String) -> BackendError {
    .libraryMissing(library: "OpenBLAS", package: "libopenblas0-pthread", reason: reason)
  }

  /// A part of `c = alpha · a · b + beta · c`: `rows` and `columns` of `c`, summed over `terms`.
  @inline(__always)
  func matmul(
    _ rows: Range<Int>, _ columns: Range<Int>, _ terms: Range<Int>, _ a: Rows, _ b: Rows,
    alpha: Float, beta: Float, into c: Rows
  ) {
    sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans,
      b.isTransposed ? CblasTrans : CblasNoTrans, Int32(rows.count), Int32(columns.count),
      Int32(terms.count), alpha, a.at(rows.lowerBound, terms.lowerBound), Int32(a.stride),
      b.at(terms.lowerBound, columns.lowerBound), Int32(b.stride), beta,
      c.at(rows.lowerBound, columns.lowerBound), Int32(c.stride))
  }

  /// Copies the columns `columns` of `matrix` to rows of `transposed`.
  func transpose(_ matrix: Rows, columns: Range<Int>, into transposed: Rows) {
    guard !columns.isEmpty else { return }
    somatcopy(
      CblasRowMajor, CblasTrans, Int32(matrix.rows), Int32(columns.count), 1,
      matrix.at(0, columns.lowerBound), Int32(matrix.stride), transposed[columns.lowerBound],
      Int32(transposed.stride))
  }
}
