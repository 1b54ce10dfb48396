import Glibc

/// What this process may use of the processor.
struct Processor: Sendable {
  /// The processor's own name.
  let name: String
  /// Who makes it, as the processor says.
  let vendor: String
  /// Instruction sets, in the words of `/proc/cpuinfo`.
  let features: Set<Substring>
  /// Cores that this process may run on: all of the machine's, unless it was confined to fewer.
  let usableCores: Int
  /// The clock rate now, in MHz; nil where the system does not tell.
  let clock: Int?
  /// Bytes of memory in the machine.
  let memory: Int

  /// Asks the operating system.
  init() {
    let text = Self.contents(of: "/proc/cpuinfo")
    name = String(Self.field("model name", in: text) ?? "CPU")
    vendor = String(Self.field("vendor_id", in: text) ?? "unknown")
    features = Set(Self.field("flags", in: text)?.split(separator: " ") ?? [])
    clock = Self.field("cpu MHz", in: text).flatMap { Double($0) }.map { Int($0.rounded()) }
    let allowed = Self.field("Cpus_allowed", in: Self.contents(of: "/proc/self/status"))
    let cores = allowed.map { $0.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount } } ?? 0
    usableCores = cores > 0 ? cores : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
  }

  /// Whether it has the AVX-512 subsets that OpenBLAS's `SKYLAKEX` kernels use.
  var hasAVX512: Bool {
    ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"].allSatisfy(features.contains)
  }

  /// Whether it has the vectors of 256 bits that LIBXSMM's and OpenBLAS's `HASWELL` kernels use.
  var hasAVX2: Bool { ["avx2", "fma"].allSatisfy(features.contains) }

  /// The value of the first line `key: value`.
  private static func field(_ key: String, in text: String) -> Substring? {
    for line in text.split(separator: "\n", maxSplits: 64) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      if line[..<colon].trimmed == key { return line[line.index(after: colon)...].trimmed }
    }
    return nil
  }

  private static func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    // One processor's entry is enough, and shorter than this.
    var bytes = [UInt8](repeating: 0, count: 16384)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}

extension Substring {
  /// Without spaces and tabs at its ends.
  fileprivate var trimmed: Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let last = lastIndex(where: { !isBlank($0) }) else { return "" }
    return self[...last].drop(while: isBlank)
  }
}
