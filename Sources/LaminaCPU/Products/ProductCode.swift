#if arch(x86_64)
  import CLIBXSMM
#endif

/// Generates machine code for products, with LIBXSMM's code generator.
///
/// The code is specific to all sizes and strides. So it copies nothing, has no unnecessary loops,
/// and handles the ends of rows with masks.
struct ProductCode: Sendable {
  /// An instruction set that kernels may use.
  enum InstructionSet {
    case avx2, avx512

    /// The widest instruction set of a processor; nil if LIBXSMM supports none.
    init?(of processor: Processor) {
      if processor.hasAVX512 {
        self = .avx512
      } else if processor.hasAVX2 {
        self = .avx2
      } else {
        return nil
      }
    }
  }

  let instructionSet: InstructionSet

  #if arch(x86_64)
    /// The version of LIBXSMM; nil if it does not exist for this kind of processor.
    static let version: String? = LIBXSMM_CONFIG_VERSION

    /// The code of a function `(b, a, c)` for a shape, which can run at any address; nil if LIBXSMM
    /// has none.
    ///
    /// LIBXSMM stores matrices by columns: it computes `cᵀ = bᵀ · aᵀ`.
    func instructions(for shape: ProductKernelShape) -> [UInt8]? {
      // Instructions encode offsets in 32 bits.
      guard shape.hasDisjointRows, shape.reach <= Int(Int32.max) else { return nil }
      var memory = libxsmm_descriptor_blob()
      guard let descriptor = descriptor(of: shape, in: &memory) else { return nil }
      let architecture =
        shape.isBF16
        ? LIBXSMM_X86_AVX512_CPX
        : instructionSet == .avx512 ? LIBXSMM_X86_AVX512_CORE : LIBXSMM_X86_AVX2
      let code = [UInt8](unsafeUninitializedCapacity: Self.largestSize) { buffer, size in
        var code = libxsmm_generated_code()
        code.generated_code = UnsafeMutableRawPointer(buffer.baseAddress)
        code.buffer_size = UInt32(buffer.count)
        code.code_type = 2
        code.arch = UInt32(architecture)
        libxsmm_generator_gemm_kernel(&code, descriptor)
        size = code.last_error == 0 ? Int(code.code_size) : 0
      }
      return Self.clearingVectors(code)
    }

    private func descriptor(
      of shape: ProductKernelShape, in memory: inout libxsmm_descriptor_blob
    ) -> OpaquePointer? {
      let beta: Int32 = shape.adds ? 1 : 0
      guard !shape.isBF16 else {
        return libxsmm_bsgemm_descriptor_init(
          &memory, shape.columns, shape.rows, shape.depth, shape.rightStride, shape.leftStride,
          shape.stride, 1, Float(beta), Int32(LIBXSMM_GEMM_FLAG_VNNI_A.rawValue), 0)
      }
      let flags = shape.isLeftTransposed ? LIBXSMM_GEMM_FLAG_TRANS_B.rawValue : 0
      return libxsmm_sgemm_descriptor_init(
        &memory, shape.columns, shape.rows, shape.depth, shape.rightStride, shape.leftStride,
        shape.stride, 1, Float(beta), Int32(flags), 0)
    }

    /// The most bytes that LIBXSMM itself makes room for.
    private static let largestSize = 131_072

    /// The same function with `vzeroupper` before its end. Without it, instructions for short
    /// vectors, such as Swift's, have to preserve the upper parts of registers, which makes them
    /// slow.
    private static func clearingVectors(_ code: [UInt8]) -> [UInt8]? {
      let end: UInt8 = 0xC3
      guard code.last == end else { return nil }
      return code.dropLast() + [0xC5, 0xF8, 0x77, end]
    }
  #else
    static let version: String? = nil
    func instructions(for shape: ProductKernelShape) -> [UInt8]? { nil }
  #endif
}
