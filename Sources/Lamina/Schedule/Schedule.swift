/// A list cut into phases: inside a phase each part of the work goes through all entries without
/// looking at other parts; between phases all parts wait for each other.
public struct Schedule: Sendable, Hashable {
  /// The places of the entries of each phase.
  public let phases: [Range<Int>]

  /// Cuts a list: an entry begins a new phase where it touches memory that another part may be
  /// touching.
  ///
  /// - Parameter accesses: Those of each entry.
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
