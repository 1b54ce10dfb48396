import COpenBLAS
import Glibc
import Lamina

/// OpenBLAS, loaded at run time.
///
/// Loading it late lets Lamina choose the kernel set first: OpenBLAS 0.3.21 does not know newer AMD
/// processors and takes them for Haswell, which halves their speed. It also keeps OpenBLAS to one
/// thread, since the products are split over the threads of ``ThreadTeam``.
struct OpenBLAS: Sendable {
  private typealias SingleMatmul =
    @convention(c) (
      CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, Int32, Int32, Int32, Float,
      UnsafePointer<Float>?, Int32, UnsafePointer<Float>?, Int32, Float,
      UnsafeMutablePointer<Float>?, Int32
    ) -> Void
  private typealias Text = @convention(c) () -> UnsafePointer<CChar>?
  private typealias SetThreads = @convention(c) (Int32) -> Void

  private let sgemm: SingleMatmul
  /// The version, as the library tells it.
  let version: String
  /// The kernel set in use, such as `SkylakeX`.
  let kernelSet: String

  /// Loads the library with the settings that suit `processor`; those that the user has made in the
  /// environment stay.
  init(for processor: Processor) throws(BackendError) {
    if processor.vendor == "AuthenticAMD", processor.hasAVX512 {
      setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 0)
    }
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
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
    try symbol("openblas_set_num_threads", as: SetThreads.self)(1)
    func text(_ name: String) throws(BackendError) -> String {
      try symbol(name, as: Text.self)().map { String(cString: $0) } ?? ""
    }
    let words = try text("openblas_get_config").split(separator: " ")
    version = words.dropFirst().first.map(String.init) ?? "unknown"
    kernelSet = try text("openblas_get_corename")
  }

  private static func missing(_ reason: String) -> BackendError {
    .libraryMissing(library: "OpenBLAS", package: "libopenblas0-pthread", reason: reason)
  }

  /// `c = alpha · a · b + beta · c` for row-major operands: `rows` × `columns` with `depth` terms.
  @inline(__always)
  func matmul(
    rows: Int, columns: Int, depth: Int, alpha: Float, _ a: Operand, _ b: Operand, beta: Float,
    _ c: UnsafeMutablePointer<Float>, stride: Int
  ) {
    sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans,
      b.isTransposed ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), Int32(depth),
      alpha, a.start, Int32(a.stride), b.start, Int32(b.stride), beta, c, Int32(stride))
  }

  /// A factor of a product: where it starts, and the distance between its stored rows.
  struct Operand {
    let start: UnsafePointer<Float>
    let stride: Int
    let isTransposed: Bool
  }
}
