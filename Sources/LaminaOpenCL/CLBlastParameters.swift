import Lamina

/// Parameters of CLBlast's kernels that were found by measuring.
enum CLBlastParameters {
  /// A kernel's name, and every one of its parameters, as CLBlast demands.
  typealias Override = (kernel: String, parameters: [(name: StaticString, value: Int)])

  /// What is set for a device: something for processors under PoCL, where CLBlast's own choice is
  /// 4 to 8 times slower. Intel's runtime is best left with CLBlast's choice.
  static func overrides(for device: OpenCLDevice) -> [Override] {
    device.isCPU && device.description.platform == "Portable Computing Language" ? pocl : []
  }

  /// No local memory, which a processor only copies about, and vectors of 8.
  ///
  /// Vectors of 16 are faster still, but take PoCL several times as long to compile.
  private static let pocl: [Override] = [
    (
      "Xgemm",
      [
        ("GEMMK", 0), ("KREG", 1), ("KWG", 32), ("KWI", 2), ("MDIMA", 8), ("MDIMC", 8),
        ("MWG", 64), ("NDIMB", 8), ("NDIMC", 8), ("NWG", 64), ("SA", 0), ("SB", 0), ("STRM", 0),
        ("STRN", 0), ("VWM", 8), ("VWN", 8),
      ]
    ),
    // The other kernel, which CLBlast takes for products of fewer than this number cubed, stays
    // as it is: its better variants compile slowly too.
    ("GemmRoutine", [("XGEMM_MIN_INDIRECT_SIZE", 64)]),
  ]
}
