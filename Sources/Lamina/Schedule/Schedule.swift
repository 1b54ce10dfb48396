/// A list divided into phases. Within a phase, each part of the work runs through all entries
/// without waiting for other parts. Between phases, all parts wait for each other.
public struct Schedule: Sendable, Hashable {
  /// The places of the entries of each phase.
  public let phases: [Range<Int>]

  /// Divides a list. An entry begins a new phase if it touches memory that another part may be
  /// touching.
  ///
  /// - Parameter accesses: The accesses of each entry.
  public init<B: Backend>(_ accesses: [[Access<B>]]) {
    var starts: [Int] = []
    var open: [Access<B>] = []
    for (index, entry) in accesses.enumerated() {
      let mustWait = entry.contains { access in open.contains { $0.conflicts(with: access) } }
      if mustWait || starts.isEmpty {
        starts.append(index)
        open = []
      }
      open += entry
    }
    phases = zip(starts, starts.dropFirst() + [accesses.count]).map { $0..<$1 }
  }

  /// The phase of an entry.
  public func phase(of entry: Int) -> Int { phases.firstIndex { $0.contains(entry) } ?? 0 }
}
