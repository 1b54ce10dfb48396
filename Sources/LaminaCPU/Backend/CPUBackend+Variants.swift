package import Lamina

extension CPUBackend {
  /// A backend that computes products as told, where by itself it would perhaps not.
  package convenience init(variant: Variant) throws(BackendError) {
    let kernels = variant.instructionSet.map {
      ProductKernels(ProductCode(instructionSet: $0).instructions)
    }
    try self.init(Processor(), kernels, precision: variant.precision, threads: 2)
  }

  /// A way to compute products that this processor has, for tests of all of them.
  package struct Variant: Sendable {
    package let name: String
    fileprivate let instructionSet: ProductCode.InstructionSet?
    /// The precision of the factors.
    package private(set) var precision = Precision.fp32

    /// OpenBLAS alone, and LIBXSMM with each instruction set.
    package static let methods: [Variant] = {
      let processor = Processor()
      var methods = [Variant(name: "OpenBLAS", instructionSet: nil)]
      guard ProductCode.version != nil else { return methods }
      if processor.hasAVX2 { methods.append(Variant(name: "AVX2", instructionSet: .avx2)) }
      if processor.hasAVX512 { methods.append(Variant(name: "AVX-512", instructionSet: .avx512)) }
      return methods
    }()

    /// Other precisions than fp32.
    package static let rounded: [Variant] = {
      guard ProductCode.version != nil, Processor().hasBF16 else { return [] }
      return [Variant(name: "AVX512-BF16", instructionSet: .avx512, precision: .bf16)]
    }()
  }
}
