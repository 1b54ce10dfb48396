import Glibc
import Synchronization

/// Long-lived threads that run one job together; the thread that calls takes part as number 0.
///
/// A training step of a small network lasts tens of microseconds, so threads are neither started
/// nor woken in a step: they spin for a while, and sleep only when no work has come.
final class ThreadTeam: @unchecked Sendable {
  /// The number of threads, the caller's among them.
  var count: Int { threads.count + 1 }

  private let signals: UnsafeMutablePointer<Signals>
  private var threads: [pthread_t] = []
  /// What to do now; whoever runs it keeps it alive meanwhile.
  private var job: Unmanaged<CPUSchedule>?
  private var activeCount = 1
  private var mutex = pthread_mutex_t()
  private var condition = pthread_cond_t()

  /// Each counter has a cache line of its own, so that waiting threads don't slow arriving ones.
  private struct Signals: ~Copyable {
    let job = Atomic<Int>(0)
    private let padding1 = InlineArray<15, Int>(repeating: 0)
    let arrived = Atomic<Int>(0)
    private let padding2 = InlineArray<15, Int>(repeating: 0)
    let released = Atomic<Int>(0)
    private let padding3 = InlineArray<15, Int>(repeating: 0)
    let sleepers = Atomic<Int>(0)
    let numbered = Atomic<Int>(0)
    let isEnding = Atomic<Bool>(false)
  }

  /// Starts `count - 1` threads.
  init(count: Int) {
    signals = Self.makeSignals()
    pthread_mutex_init(&mutex, nil)
    pthread_cond_init(&condition, nil)
    // The threads hold the team unretained, because the team's end waits for them.
    let team = Unmanaged.passUnretained(self).toOpaque()
    for _ in 1..<max(1, count) {
      var thread = pthread_t()
      guard pthread_create(&thread, nil, threadMain, team) == 0 else { break }
      threads.append(thread)
    }
  }

  private static func makeSignals() -> UnsafeMutablePointer<Signals> {
    let signals = UnsafeMutablePointer<Signals>.allocate(capacity: 1)
    signals.initialize(to: Signals())
    return signals
  }

  deinit {
    signals.pointee.isEnding.store(true, ordering: .releasing)
    publishJob(active: count)
    for thread in threads { pthread_join(thread, nil) }
    pthread_cond_destroy(&condition)
    pthread_mutex_destroy(&mutex)
    signals.deinitialize(count: 1)
    signals.deallocate()
  }

  /// Runs `job` on the first `active` threads and returns when all have finished. Nothing is
  /// allocated for it.
  func run(on active: Int, _ job: CPUSchedule) {
    activeCount = active
    guard active > 1 else { return job.run(thread: 0, of: 1, in: self) }
    self.job = Unmanaged.passUnretained(job)
    publishJob(active: active)
    job.run(thread: 0, of: active, in: self)
    barrier()
    self.job = nil
  }

  /// Waits until all threads of the present job are here.
  func barrier() {
    let signals = signals
    guard activeCount > 1 else { return }
    let generation = signals.pointee.released.load(ordering: .relaxed)
    let (_, arrived) = signals.pointee.arrived.wrappingAdd(1, ordering: .acquiringAndReleasing)
    if arrived == activeCount {
      signals.pointee.arrived.store(0, ordering: .relaxed)
      signals.pointee.released.store(generation &+ 1, ordering: .releasing)
      return
    }
    var spins = 0
    while signals.pointee.released.load(ordering: .acquiring) == generation {
      spins &+= 1
      // Another process may hold the core that the late thread needs.
      if spins > Self.spinsBeforeYield { sched_yield() }
    }
  }

  private static let spinsBeforeYield = 20_000
  private static let spinsBeforeSleep = 200_000

  /// Jobs are told apart by a word that also says how many threads take part, so that a thread
  /// that comes late to a job without it can't mistake the next job's number for this one's.
  private func publishJob(active: Int) {
    let word = signals.pointee.job.load(ordering: .relaxed)
    signals.pointee.job.store(
      (word >> 16 &+ 1) << 16 | active, ordering: .sequentiallyConsistent)
    guard signals.pointee.sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(&mutex)
    pthread_cond_broadcast(&condition)
    pthread_mutex_unlock(&mutex)
  }

  /// Waits for a job other than `last` and returns its number.
  private func nextJob(after last: Int) -> Int {
    for _ in 0..<Self.spinsBeforeSleep {
      let job = signals.pointee.job.load(ordering: .acquiring)
      if job != last { return job }
    }
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    signals.pointee.sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { signals.pointee.sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    while true {
      let job = signals.pointee.job.load(ordering: .sequentiallyConsistent)
      if job != last { return job }
      pthread_cond_wait(&condition, &mutex)
    }
  }

  /// What a thread other than the caller's does, until the team ends.
  fileprivate func work() {
    let number = signals.pointee.numbered.wrappingAdd(1, ordering: .relaxed).newValue
    var last = 0
    while true {
      last = nextJob(after: last)
      if signals.pointee.isEnding.load(ordering: .acquiring) { return }
      let active = last & 0xFFFF
      guard number < active else { continue }
      job?._withUnsafeGuaranteedRef { $0.run(thread: number, of: active, in: self) }
      barrier()
    }
  }
}

private func threadMain(_ team: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let team else { return nil }
  Denormals.flushToZero()
  Unmanaged<ThreadTeam>.fromOpaque(team)._withUnsafeGuaranteedRef { $0.work() }
  return nil
}
