/// The time that a backend spends: one entry for each kind of operation, and its first calls
/// individually.
///
/// A backend that has a profile measures every operation, which makes it slower. Without a profile
/// it measures nothing.
public final class Profile {
  /// The work of one run of an operation.
  public struct Work: Hashable, Sendable {
    /// The operation and its shapes, such as `matmul_tiled 64×128×784`.
    public let name: String
    /// The floating-point operations; 0 if they do not matter.
    public let operations: Int
    /// Bytes of its operands, each counted once.
    public let bytes: Int

    /// Describes an operation.
    public init(name: String, operations: Int = 0, bytes: Int) {
      self.name = name
      self.operations = operations
      self.bytes = bytes
    }
  }

  /// All calls of an operation.
  public struct Entry: Sendable {
    /// The work of one call.
    public let work: Work
    /// The number of calls.
    public fileprivate(set) var calls = 0
    /// Seconds of all of them.
    public fileprivate(set) var seconds = 0.0

    /// The mean time of a call in seconds.
    public var meanSeconds: Double { calls > 0 ? seconds / Double(calls) : 0 }
    /// Floating-point operations a second.
    public var operationsPerSecond: Double {
      seconds > 0 ? Double(work.operations) * Double(calls) / seconds : 0
    }
    /// Bytes a second.
    public var bytesPerSecond: Double {
      seconds > 0 ? Double(work.bytes) * Double(calls) / seconds : 0
    }
  }

  /// One call, or several that began together. Times are in seconds of the backend's own clock.
  public struct Call: Sendable {
    /// The place of its operation in ``Profile/entries``.
    public let entry: Int
    /// The number of calls.
    public let count: Int
    /// When it began.
    public let start: Double
    /// The duration.
    public let seconds: Double
  }

  /// The operations, in the order of their first calls.
  public private(set) var entries: [Entry] = []
  /// The first calls, at most ``callLimit``.
  public private(set) var calls: [Call] = []
  /// The number of calls that are kept one by one.
  public let callLimit: Int
  private var places: [Work: Int] = [:]

  /// An empty profile.
  public init(callLimit: Int = 200_000) { self.callLimit = callLimit }

  /// The seconds of all calls.
  public var seconds: Double { entries.reduce(0) { $0 + $1.seconds } }
  /// The number of all calls.
  public var callCount: Int { entries.reduce(0) { $0 + $1.calls } }

  /// Adds a call.
  ///
  /// - Parameters:
  ///   - work: The operation.
  ///   - count: The number of calls that began together and took this time in total.
  ///   - start: The start, in seconds of the backend's own clock.
  ///   - seconds: The duration.
  public func add(_ work: Work, repeated count: Int = 1, start: Double, seconds: Double) {
    let place = places[work] ?? entries.count
    if place == entries.count {
      places[work] = place
      entries.append(Entry(work: work))
    }
    entries[place].calls += count
    entries[place].seconds += seconds
    if calls.count < callLimit {
      calls.append(Call(entry: place, count: count, start: start, seconds: seconds))
    }
  }

  /// Forgets everything so far.
  public func clear() {
    entries = []
    calls = []
    places = [:]
  }
}
