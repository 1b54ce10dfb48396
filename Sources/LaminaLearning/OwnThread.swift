import Dispatch
import Synchronization

/// Runs work that takes long on a thread of its own, so that it does not hold up other tasks.
enum OwnThread {
  /// Whether a task was cancelled.
  private final class Flag: Sendable {
    let isSet = Atomic(false)
  }

  /// Runs `work`, which asks whether the task was cancelled.
  static func run<Result: Sendable>(
    _ work: @escaping @Sendable (_ isCancelled: @Sendable () -> Bool) throws -> Result
  ) async throws -> Result {
    let flag = Flag()
    return try await withTaskCancellationHandler {
      try Task.checkCancellation()
      return try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "lamina.learning").async {
          continuation.resume(
            with: Swift.Result { try work { flag.isSet.load(ordering: .relaxed) } })
        }
      }
    } onCancel: {
      flag.isSet.store(true, ordering: .relaxed)
    }
  }
}
