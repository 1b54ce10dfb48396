import Synchronization

/// Knows if this process has lost a device. Its driver may crash in whatever it does next, at the
/// process's end too: that has to be by `_exit`, which calls no handlers.
public final class LostDevices: Sendable {
  /// Of this process.
  public static let shared = LostDevices()

  private let count = Atomic(0)

  private init() {}

  /// True if there are any.
  public var areAny: Bool { count.load(ordering: .relaxed) > 0 }

  func note() { count.add(1, ordering: .relaxed) }
}
