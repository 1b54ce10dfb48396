/// Parameters of CLBlast's kernels that were found by measuring.
enum CLBlastParameters {
  /// A kernel's name, and every one of its parameters, as CLBlast demands.
  typealias Override = (kernel: String, parameters: [(name: StaticString, value: Int)])

  /// For processors: no local memory, which a processor only copies about, and vectors of 8.
  ///
  /// Wider tiles and vectors of 16 are faster still, but take PoCL a minute to compile.
  static let cpu: [Override] = [
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
