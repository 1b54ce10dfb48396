import FoundationEssentials
import Glibc
import Lamina

/// The outcomes of trials of kernels on a device with its driver, in a file of the cache.
///
/// A line is added before a trial and one after it, so that a trial that ends its process leaves a
/// trace, wherever it ran. One without an end counts as a crash from the second time on; the first
/// may have been somebody's interruption, or a machine out of memory.
final class TrialLedger {
  enum Verdict: Equatable {
    case right
    /// With the reason.
    case wrong(String)
  }

  /// A line: an event of a trial, and the process of it.
  private struct Entry: Codable {
    enum Event: String, Codable { case began, right, wrong }

    let event: Event
    let trial: KernelTrial
    var reason: String?
    /// The host and the process that began it.
    var process: String?
  }

  private static let folder = "trials"
  /// Its digit is the version of the form.
  private static let header = "lamina trials 2"
  private static let largestFile = 4 << 20

  private let cache: CacheFolder
  private let name: String
  /// The entries of each trial at the first look into the file, in its order.
  private lazy var known = Dictionary(grouping: entries(), by: \.trial)

  /// Nil where nothing shall be kept.
  convenience init?(_ options: OpenCLOptions, _ device: DeviceDescription) {
    guard options.keepsTrials, let cache = options.cache else { return nil }
    self.init(cache, device)
  }

  init(_ cache: CacheFolder, _ device: DeviceDescription) {
    var origin = Fingerprint()
    for text in [
      device.name, device.vendor, device.driver, device.openCLVersion ?? "", device.platform,
      LaminaVersion.text, CLBlastVersion.text,
    ] { origin.add(text) }
    for source in KernelFile.all { origin.add(source.text) }
    self.cache = cache
    name = "\(Self.folder)/\(origin.text).jsonl"
  }

  /// The known outcome of a trial; nil if it has to be made.
  func verdict(on trial: KernelTrial) -> Verdict? {
    var ends = 0
    for entry in (known[trial] ?? []).reversed() {
      switch entry.event {
      case .right: return .right
      case .wrong: return .wrong(entry.reason ?? "it computes wrongly")
      case .began: if Self.hasEnded(entry.process) { ends += 1 }
      }
    }
    return ends > 1 ? .wrong("\(trial.name) has ended the process that tried it") : nil
  }

  func begin(_ trial: KernelTrial) {
    add(Entry(event: .began, trial: trial, process: Self.process(getpid())))
  }

  /// - Parameter reason: The fault; nil for a right kernel.
  func end(_ trial: KernelTrial, _ reason: String?) {
    add(Entry(event: reason == nil ? .right : .wrong, trial: trial, reason: reason))
  }

  /// All whole lines; none where the file is missing or of another version.
  private func entries() -> [Entry] {
    guard let bytes = try? cache.read(name, limit: Self.largestFile) else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let header = lines.first, header.elementsEqual(Self.header.utf8) else { return [] }
    let decoder = JSONDecoder()
    return lines.dropFirst().compactMap { try? decoder.decode(Entry.self, from: Data($0)) }
  }

  /// A full disk or a folder that cannot be written only costs the next run its time.
  private func add(_ entry: Entry) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(entry) else { return }
    try? cache.append(
      Array(line) + [UInt8(ascii: "\n")], to: name, header: Array("\(Self.header)\n".utf8))
  }

  private static func process(_ identifier: pid_t) -> String { "\(host) \(identifier)" }

  /// True if a process of this host has ended; false for those of other hosts.
  private static func hasEnded(_ process: String?) -> Bool {
    guard let words = process?.split(separator: " "), words.count == 2, words[0] == host,
      let identifier = pid_t(words[1]), identifier != getpid()
    else { return false }
    return kill(identifier, 0) != 0 && errno == ESRCH
  }

  private static let host: String = {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    let name = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    return name.isEmpty ? "unknown" : name.replacing(" ", with: "-")
  }()
}
