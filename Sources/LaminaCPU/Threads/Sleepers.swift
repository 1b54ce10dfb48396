import Glibc
import Synchronization

/// The sleeping threads of a team. Each has its own condition, so that a run wakes only the threads
/// that take part in it.
struct Sleepers: ~Copyable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let conditions: UnsafeMutablePointer<pthread_cond_t>
  /// Read at every run and hardly ever written, so the flags share a cache line or two.
  private let areAsleep: UnsafeMutablePointer<Atomic<Bool>>
  private let count: Int

  /// For `count` threads.
  init(count: Int) {
    self.count = count
    pthread_mutex_init(mutex, nil)
    conditions = .allocate(capacity: count)
    areAsleep = .allocate(capacity: count)
    for number in 0..<count {
      pthread_cond_init(conditions + number, nil)
      (areAsleep + number).initialize(to: Atomic(false))
    }
  }

  deinit {
    for number in 0..<count { pthread_cond_destroy(conditions + number) }
    pthread_mutex_destroy(mutex)
    areAsleep.deinitialize(count: count)
    areAsleep.deallocate()
    conditions.deallocate()
    mutex.deallocate()
  }

  /// Lets the thread with a number sleep until it is wanted.
  func sleep(_ number: Int, until isWanted: () -> Bool) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    areAsleep[number].store(true, ordering: .sequentiallyConsistent)
    while !isWanted() { pthread_cond_wait(conditions + number, mutex) }
    areAsleep[number].store(false, ordering: .sequentiallyConsistent)
  }

  /// Wakes the given threads if they sleep. Their work must have been published before, in
  /// sequentially consistent order.
  @inline(__always)
  func wake(_ numbers: Range<Int>) {
    for number in numbers where areAsleep[number].load(ordering: .sequentiallyConsistent) {
      wake(number)
    }
  }

  @inline(never)
  private func wake(_ number: Int) {
    pthread_mutex_lock(mutex)
    pthread_cond_signal(conditions + number)
    pthread_mutex_unlock(mutex)
  }
}
