public import Lamina

extension CPUBackend {
  /// - Throws: ``BackendError/unsupportedPrecision(wanted:available:device:need:)`` for a precision
  ///   that the backend lacks.
  public static func check(_ precision: Precision) throws(BackendError) {
    guard precision != .fp32 else { return }
    throw .unsupportedPrecision(
      wanted: precision.rawValue, available: [Precision.fp32.rawValue], device: "cpu",
      need: "an NVIDIA GPU of compute capability 8.0 or later")
  }
}
