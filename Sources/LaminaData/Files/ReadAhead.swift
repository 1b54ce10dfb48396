import Dispatch
import Synchronization

/// Calls a producer on a thread of its own, some values ahead of their consumer.
final class ReadAhead<Value: Sendable>: Sendable {
  /// What only the producer's thread uses after it was handed over.
  private struct Work: @unchecked Sendable {
    let produce: () throws(DataError) -> Value?
  }

  private let ready = Mutex<[Result<Value?, DataError>]>([])
  private let filled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: 0)

  /// Starts the producer.
  ///
  /// - Parameters:
  ///   - capacity: The most values that wait for the consumer.
  ///   - produce: Makes the next value; nil after the last one. It must not use anything that
  ///     another thread uses too.
  init(capacity: Int, _ produce: @escaping () throws(DataError) -> Value?) {
    // A semaphore must not end below the value with which it began.
    for _ in 0..<capacity { free.signal() }
    let work = Work(produce: produce)
    DispatchQueue(label: "lamina.read-ahead").async { [weak self, free] in
      while true {
        free.wait()
        guard self != nil else { return }
        let result = Result { () throws(DataError) in try work.produce() }
        self?.ready.withLock { $0.append(result) }
        self?.filled.signal()
        guard case .success(.some) = result else { return }
      }
    }
  }

  deinit { free.signal() }

  /// The next value; nil after the last one, or as soon as `isStopped` is true while there is none
  /// yet.
  func next(isStopped: () -> Bool) throws(DataError) -> Value? {
    while filled.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if isStopped() { return nil }
    }
    // The last result stays, for callers that ask again.
    let result = ready.withLock { ready in
      if case .success(.some) = ready[0] { ready.removeFirst() } else { ready[0] }
    }
    if case .success(.some) = result { free.signal() } else { filled.signal() }
    return try result.get()
  }
}
