import CProcessor
import Glibc

/// The share of the machine's processors that this process may use.
struct ProcessorShare: Sendable, Equatable {
  /// The processors of the machine, as the system counts them: each hyper-thread is one.
  let present: Int
  /// The numbers of the processors that the process can use: all, unless its affinity mask has fewer.
  let processors: [Int]
  /// The cores of these processors. Hyper-threads of one core count once.
  let cores: Int
  /// The processor time that its control groups allow; nil for no limit.
  let quota: Double?

  /// Reads the facts from the system.
  ///
  /// - Parameter affinity: The numbers of the processors that the process can use; nil if they are
  ///   not known.
  init(_ files: SystemFiles, affinity: [Int]?) {
    let online = files.numbers("/sys/devices/system/cpu/online") ?? []
    let allowed = affinity ?? online
    let numbers =
      allowed.isEmpty ? Array(0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) : allowed
    processors = numbers
    let usable = numbers.count
    present = max(online.count, usable)
    cores = Set(numbers.map { Self.core(of: $0, files) }).count
    quota = ControlGroup(files).quota
  }

  /// How many processors the process can use.
  var usable: Int { processors.count }

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

  /// Rounds a quota to a number of threads. With fewer threads, time would be left unused; with
  /// more, the system would stop all of them for a part of each period.
  private func limited(_ count: Int) -> Int {
    guard let quota, quota < Double(count) else { return count }
    return max(1, Int(quota.rounded()))
  }

  /// The number of the first hyper-thread that shares a core with a processor. It identifies the
  /// core.
  static func core(of number: Int, _ files: SystemFiles) -> Int {
    let folder = "/sys/devices/system/cpu/cpu\(number)/topology/"
    let siblings =
      files.numbers(folder + "core_cpus_list") ?? files.numbers(folder + "thread_siblings_list")
    return siblings?.min() ?? number
  }

  /// The number of the processor that runs the calling thread; -1 if the system does not tell.
  static var currentProcessor: Int { Int(CProcessor.currentProcessor()) }

  /// Lets the calling thread run on some processors alone. A thread that may not goes on as it was.
  static func keepThread(on processors: [Int]) {
    guard let last = processors.max() else { return }
    var words = [UInt](repeating: 0, count: last / UInt.bitWidth + 1)
    for number in processors { words[number / UInt.bitWidth] |= 1 << (number % UInt.bitWidth) }
    _ = writeAffinity(words, words.count * MemoryLayout<UInt>.size)
  }

  /// The processors that the calling thread and its new threads can use; nil if the system does not
  /// report them.
  static func affinity() -> [Int]? {
    // The mask must have room for as many processors as the kernel was built for, even if the
    // machine has fewer.
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
