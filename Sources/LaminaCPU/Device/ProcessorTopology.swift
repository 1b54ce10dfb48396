/// Where the processors that this process may use sit: their memory, and the caches of a core. No other
/// code asks the system for either.
struct ProcessorTopology: Sendable, Equatable {
  /// The processors that the process may use, by the node whose memory is theirs. A machine that tells
  /// nothing is one node.
  let nodes: [[Int]]
  /// Bytes of the first two levels of caches for data that a core has for itself; nil if the system does
  /// not tell.
  let firstCache, secondCache: Int?

  /// Reads the system's files.
  ///
  /// - Parameter processors: The numbers of the processors that the process may use, in order.
  init(_ files: SystemFiles, processors: [Int]) {
    let folder = "/sys/devices/system/node/"
    let nodes = (files.numbers(folder + "online") ?? []).compactMap { node -> [Int]? in
      let own = Set(files.numbers(folder + "node\(node)/cpulist") ?? [])
      let usable = processors.filter(own.contains)
      return usable.isEmpty ? nil : usable
    }
    // Processors of no known node have all memory alike.
    self.nodes = nodes.joined().count == processors.count ? nodes : [processors]
    let caches = processors.first.map { Self.caches(of: $0, files) } ?? [:]
    firstCache = caches[1]
    secondCache = caches[2]
  }

  /// Bytes of the caches for data of a processor, by their level. Cores that have one together have a
  /// share each.
  private static func caches(of processor: Int, _ files: SystemFiles) -> [Int: Int] {
    var caches: [Int: Int] = [:]
    // Real processors have four or five.
    for index in 0..<8 {
      let folder = "/sys/devices/system/cpu/cpu\(processor)/cache/index\(index)/"
      guard let level = files.words(folder + "level")?.first.flatMap({ Int($0) }),
        let type = files.words(folder + "type")?.first, type != "Instruction",
        let size = files.words(folder + "size")?.first.flatMap(bytes)
      else { continue }
      let sharing = files.numbers(folder + "shared_cpu_list") ?? [processor]
      let cores = Set(sharing.map { ProcessorShare.core(of: $0, files) }).count
      caches[level] = size / max(1, cores)
    }
    return caches
  }

  /// A size such as `32K` or `2M`; nil for anything else.
  private static func bytes(_ text: Substring) -> Int? {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    guard let last = text.last else { return nil }
    guard let unit = units[last] else { return Int(text) }
    return Int(text.dropLast()).flatMap { number in
      let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: unit)
      return isTooLarge || bytes <= 0 ? nil : bytes
    }
  }
}
