import Dispatch
import Synchronization

/// The results of `work` for `0 ..< count`, in this order, found on as many threads as serve.
func concurrently<Value: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Value) -> [Value] {
  let results = Mutex([Value?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let value = work(index)
    results.withLock { $0[index] = value }
  }
  return results.withLock { $0.compactMap(\.self) }
}
