public import Lamina

extension CPUBackend {
  /// - Throws: `BackendError.unsupportedPrecision` for a precision
  ///   that the backend lacks.
  public static func check(_ precision: Precision) throws(BackendError) {
    try check(precision, Processor(), hasKernels: ProductCode.version != nil)
  }

  static func check(
    _ precision: Precision, _ processor: Processor, hasKernels: Bool
  ) throws(BackendError) {
    let hasBF16 = processor.hasBF16 && hasKernels
    let available: [Precision] = hasBF16 ? [.fp32, .bf16] : [.fp32]
    guard !available.contains(precision) else { return }
    let need =
      precision == .bf16
      ? "a processor with AVX512-BF16, or an NVIDIA GPU of compute capability 8.0 or later"
      : "an NVIDIA GPU of compute capability 8.0 or later"
    throw .unsupportedPrecision(
      wanted: precision.rawValue, available: available.map(\.rawValue),
      device: "cpu (\(processor.name))", need: need)
  }
}
