import Glibc

/// The machine's processor, and the share of it that this process may use.
struct Processor: Sendable {
  /// The processor's own name.
  let name: String
  /// The vendor, as the processor names it.
  let vendor: String
  /// The instruction sets, in the words of `/proc/cpuinfo`; empty if the system does not report
  /// them.
  let features: Set<Substring>
  /// The share that this process may use.
  let share: ProcessorShare
  /// The memory and the caches of the processors of this share.
  let topology: ProcessorTopology
  /// The current clock rate, in MHz; nil if the system does not report it.
  let clock: Int?
  /// Bytes of memory in the machine.
  let memory: Int

  /// Asks the operating system.
  init() { self.init(.machine, affinity: ProcessorShare.affinity()) }

  /// Reads the system's files.
  ///
  /// - Parameter affinity: The numbers of the processors that the process can use; nil if they are
  ///   not known.
  init(_ files: SystemFiles, affinity: [Int]?) {
    // The entry of one processor is enough, and it is shorter than this.
    let text = files.text("/proc/cpuinfo", limit: 16384) ?? ""
    name = String(Self.field("model name", in: text) ?? "CPU")
    vendor = String(Self.field("vendor_id", in: text) ?? "unknown")
    features = Set(Self.field("flags", in: text)?.split(separator: " ") ?? [])
    clock = Self.field("cpu MHz", in: text).flatMap { Double($0) }.map { Int($0.rounded()) }
    share = ProcessorShare(files, affinity: affinity)
    topology = ProcessorTopology(files, processors: share.processors)
    memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
  }

  /// True if it has the AVX-512 subsets that OpenBLAS's `SKYLAKEX` kernels use.
  var hasAVX512: Bool {
    ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"].allSatisfy(features.contains)
  }

  /// True if it multiplies pairs of bf16 by vectors of AVX-512.
  var hasBF16: Bool { hasAVX512 && features.contains("avx512_bf16") }

  /// True if it has the vectors of 256 bits that LIBXSMM's and OpenBLAS's `HASWELL` kernels use.
  var hasAVX2: Bool { ["avx2", "fma"].allSatisfy(features.contains) }

  /// The value of the first line of the form `key: value`.
  private static func field(_ key: String, in text: String) -> Substring? {
    for line in text.split(separator: "\n", maxSplits: 64) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      if line[..<colon].trimmed == key { return line[line.index(after: colon)...].trimmed }
    }
    return nil
  }
}
