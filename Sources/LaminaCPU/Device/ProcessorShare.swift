import CProcessor
import Glibc

/// The share of the machine's processors that this process may use.
struct ProcessorShare: Sendable, Equatable {
  /// Processors of the machine, as the system counts them: each hyper-thread is one.
  let present: Int
  /// Processors that the process may run on: all, unless its affinity mask has fewer.
  let usable: Int
  /// Cores that those belong to: hyper-threads of one core count once.
  let cores: Int
  /// The processors' time that its control groups allow; nil for no limit.
  let quota: Double?

  /// Asks the system.
  ///
  /// - Parameter affinity: The numbers of the processors that the process may run on; nil where that
  ///   is not known.
  init(_ files: SystemFiles, affinity: [Int]?) {
    let online = files.numbers("/sys/devices/system/cpu/online") ?? []
    let allowed = affinity ?? online
    let numbers =
      allowed.isEmpty ? Array(0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) : allowed
    usable = numbers.count
    present = max(online.count, usable)
    cores = Set(numbers.map { Self.core(of: $0, files) }).count
    quota = ControlGroup(files).quota
  }

  /// The most threads that can run at a time.
  var mostThreads: Int { limited(usable) }

  /// One thread a core, which is as many as run without getting into each other's way.
  var coreThreads: Int { limited(cores) }

  /// For tables and logs.
  var text: String {
    var text = "\(usable) of \(present) processors usable"
    if cores < usable { text += ", on \(cores) cores" }
    if let quota {
      text += ", a CPU quota of \(Double(Int((quota * 100).rounded())) / 100)"
    }
    return text
  }

  /// A quota counts as the nearest number of threads: with fewer, time is left unused; with more, the
  /// system stops all of them for a part of each period.
  private func limited(_ count: Int) -> Int {
    guard let quota, quota < Double(count) else { return count }
    return max(1, Int(quota.rounded()))
  }

  /// The first of the hyper-threads that share a core with a processor: it names the core.
  private static func core(of number: Int, _ files: SystemFiles) -> Int {
    let folder = "/sys/devices/system/cpu/cpu\(number)/topology/"
    let siblings =
      files.numbers(folder + "core_cpus_list") ?? files.numbers(folder + "thread_siblings_list")
    return siblings?.min() ?? number
  }

  /// The processors that the calling thread, and those that it starts, may run on; nil where the
  /// system does not tell.
  static func affinity() -> [Int]? {
    // As many as the kernel was built for have to fit in, however many there are.
    for count in [16, 64, 256, 1024] {
      var words = [UInt](repeating: 0, count: count)
      let status = readAffinity(&words, count * MemoryLayout<UInt>.size)
      if status == 0 {
        return words.indices.flatMap { word in
          (0..<UInt.bitWidth).filter { words[word] >> $0 & 1 == 1 }.map {
            word * UInt.bitWidth + $0
          }
        }
      }
      guard status == EINVAL else { return nil }
    }
    return nil
  }
}
