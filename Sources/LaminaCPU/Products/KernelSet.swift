import Lamina

/// The kernel set of OpenBLAS that suits a processor.
///
/// OpenBLAS decides by vendors, families and models. It takes a virtual Xeon for a `Prescott` of
/// 2004, and does not know processors newer than itself. The instruction sets, in contrast, are
/// reported correctly under every hypervisor.
enum KernelSet {
  /// The variable with which a user chooses a set.
  static let variable = "LAMINA_OPENBLAS_CORETYPE"

  /// Vectors that kernels use, or that a processor has.
  enum Vectors: Int, Comparable, CaseIterable {
    case sse
    case avx
    case avx2
    case avx512

    static func < (left: Vectors, right: Vectors) -> Bool { left.rawValue < right.rawValue }

    /// The widest vectors of a processor; nil if the system does not report its instruction sets.
    init?(of processor: Processor) {
      if processor.features.isEmpty { return nil }
      if processor.hasAVX512 {
        self = .avx512
      } else if processor.hasAVX2 {
        self = .avx2
      } else {
        self = processor.features.contains("avx") ? .avx : .sse
      }
    }

    /// The vectors of a kernel set; nil for unknown sets, such as those of a later OpenBLAS.
    init?(ofKernelSet name: String) {
      guard let vectors = Self.allCases.first(where: { $0.kernelSets.contains(name.lowercased()) })
      else { return nil }
      self = vectors
    }

    private var kernelSets: [String] {
      switch self {
      case .sse:
        [
          "katmai", "coppermine", "northwood", "prescott", "banias", "atom", "core2", "penryn",
          "dunnington", "nehalem", "athlon", "opteron", "opteron_sse3", "barcelona", "nano",
          "bobcat", "generic",
        ]
      case .avx: ["sandybridge", "bulldozer", "piledriver", "steamroller", "excavator"]
      case .avx2: ["haswell", "zen"]
      case .avx512: ["skylakex", "cooperlake", "sapphirerapids"]
      }
    }

    /// For sentences.
    var text: String {
      switch self {
      case .sse: "SSE"
      case .avx: "AVX"
      case .avx2: "AVX2"
      case .avx512: "AVX-512"
      }
    }
  }

  /// The set to request from OpenBLAS; nil leaves the choice to OpenBLAS.
  ///
  /// - Parameter wanted: The user's choice.
  /// - Throws: ``BackendError/invalidSetting(name:value:reason:)`` for a set whose instructions the
  ///   processor lacks, which would end the program.
  static func choice(for processor: Processor, wanted: String?) throws(BackendError) -> String? {
    guard let wanted else { return fitting(processor) }
    if let needed = Vectors(ofKernelSet: wanted), let vectors = Vectors(of: processor),
      needed > vectors
    {
      throw .invalidSetting(
        name: variable, value: wanted,
        reason: "its kernels need \(needed.text), which \(processor.name) does not have")
    }
    return wanted
  }

  /// The set whose kernels use all vectors of a processor; nil if the choice of OpenBLAS is better.
  private static func fitting(_ processor: Processor) -> String? {
    switch Vectors(of: processor) {
    case .avx512: "SKYLAKEX"
    case .avx2: "HASWELL"
    case .avx, .sse, nil: nil
    }
  }

  /// A note for the user about the set that OpenBLAS runs; nil if it is the right one.
  ///
  /// - Parameters:
  ///   - loaded: The set, as OpenBLAS reports it.
  ///   - wanted: The user's choice.
  static func warning(
    loaded: String, for processor: Processor, wanted: String?, version: String
  ) -> String? {
    if let wanted, wanted.lowercased() != loaded.lowercased() {
      return "\(variable) is '\(wanted)', which OpenBLAS \(version) does not have or refuses here: "
        + "it runs its \(loaded) kernels"
    }
    guard let used = Vectors(ofKernelSet: loaded), let vectors = Vectors(of: processor),
      used < vectors
    else { return nil }
    let facts =
      "OpenBLAS \(version) runs its \(loaded) kernels, which use \(used.text), "
      + "though the processor has \(vectors.text): products are slower than they could be"
    if wanted != nil { return facts + "; \(variable) asks for that" }
    guard let fitting = fitting(processor) else { return facts + "; \(variable) chooses others" }
    return facts + "; this build of it has no \(fitting) kernels"
  }
}
