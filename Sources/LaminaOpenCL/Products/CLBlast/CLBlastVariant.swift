import Lamina

/// Parameters for CLBlast other than its own, for `lamina tune` to try.
enum CLBlastVariant: String, CaseIterable, Hashable, Sendable {
  /// The usual parameters, but one of CLBlast's kernels for all products.
  case direct, indirect
  /// Tiles of 64 by 64 in vectors of 8.
  case direct64 = "direct 64"
  /// For processors: vectors of 8 or 16, and no local memory, which a processor only copies about.
  case vectors8 = "indirect vectors 8"
  case vectors16 = "indirect vectors 16"
  /// For GPUs: tiles in local memory, for small products and for large ones.
  case tiles32 = "indirect tiles 32"
  case tiles128 = "indirect tiles 128"

  /// The variants that may be worth a try on a kind of device.
  static func candidates(on shape: WorkShape) -> [CLBlastVariant] {
    shape.width == 16
      ? [.direct, .vectors8, .direct64, .vectors16]
      : [.direct, .indirect, .tiles32, .tiles128, .direct64]
  }

  /// The whole set of parameters. What is not changed needs no new compilation.
  func parameters(from usual: CLBlastParameters) -> CLBlastParameters {
    var changed = usual.forcing(directKernel: self == .direct || self == .direct64)
    switch self {
    case .direct, .indirect: break
    case .direct64: changed.direct = [2, 8, 8, 8, 8, 1, 1, 8, 8, 64]
    case .vectors8: changed.indirect = Self.pocl
    case .vectors16:
      changed.indirect = [0, 1, 32, 8, 4, 4, 64, 4, 4, 64, 0, 0, 0, 0, 16, 16]
    case .tiles32: changed.indirect = [0, 1, 32, 2, 8, 8, 32, 8, 8, 32, 1, 1, 0, 0, 4, 4]
    case .tiles128:
      changed.indirect = [0, 1, 16, 2, 16, 16, 128, 16, 16, 128, 1, 1, 0, 0, 4, 4]
    }
    return changed
  }

  /// The parameters of a device without measurements: special ones for processors under PoCL,
  /// where CLBlast's own choice is 4 to 8 times slower. Intel's runtime is best left with it.
  static func standard(for device: OpenCLDevice, own: CLBlastParameters) -> CLBlastParameters {
    guard device.isCPU, device.description.platform == Platform.pocl else { return own }
    var changed = own
    // Vectors of 16 are faster still, but take PoCL several times as long to compile. The direct
    // kernel stays as it is: its better variants compile slowly too.
    changed.indirect = pocl
    changed.leastIndirectSize = 64
    return changed
  }

  private static let pocl = [0, 1, 32, 2, 8, 8, 64, 8, 8, 64, 0, 0, 0, 0, 8, 8]
}
