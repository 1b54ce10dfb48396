/// Runs lists of operations on one device.
///
/// **Order.** Prepared lists run in the order in which ``run(_:with:)-(Self.Prepared,_)`` is called, and their
/// operations run one after the other. Only ``read(_:at:into:)``, ``wait(for:)`` and
/// ``synchronize()`` wait for the device. ``write(_:to:at:)`` also waits if the device copies only
/// after earlier work.
///
/// **Lists.** ``prepare(_:)`` takes a list of plain operations, such as a training step, and turns
/// it into the form that runs fastest on the device. Running the result costs no look-ups and sets
/// only the arguments that have changed. Values that differ from step to step are passed in
/// ``StepArguments``. A backend does not check shapes, because each ``Operation`` checks its own.
///
/// A backend belongs to one thread at a time.
public protocol Backend: AnyObject {
  /// A block of device memory. Releasing the last reference frees it once its pending use is over.
  associatedtype Buffer: AnyObject
  /// A list of operations with everything that it needs to run again.
  associatedtype Prepared: PreparedOperations
  /// Several lists that run side by side. The default is one after the other.
  associatedtype PreparedTogether = [Prepared]
  /// A point in the order of operations.
  associatedtype Mark

  /// The device, for reports.
  var device: DeviceDescription { get }
  /// The precision of the factors of products; some products may have a higher one. The default is
  /// fp32.
  var precision: Precision { get }
  /// The state of its work now. The default is for a backend that compiles nothing.
  var report: DeviceReport { get }

  /// Allocates `byteCount > 0` bytes, all zero.
  func makeBuffer(byteCount: Int) throws(BackendError) -> Buffer
  /// Copies `bytes` from the host to `buffer`, starting at byte `offset`.
  func write(_ bytes: RawSpan, to buffer: Buffer, at offset: Int) throws(BackendError)
  /// Copies from `buffer`, starting at byte `offset`, to the host. Waits for the device.
  func read(_ buffer: Buffer, at offset: Int, into bytes: inout MutableRawSpan) throws(BackendError)

  /// Marks the present end of the order of operations and hands pending work to the device.
  func mark() throws(BackendError) -> Mark
  /// Waits until all operations before `mark` have run.
  func wait(for mark: Mark) throws(BackendError)
  /// Waits until all operations have run.
  func synchronize() throws(BackendError)

  /// Prepares a list: fuses operations, chooses methods, and compiles. Nothing runs yet.
  func prepare(_ operations: [Operation<Self>]) throws(BackendError) -> Prepared
  /// Runs a prepared list with the values of this step. Returns before the device has run it.
  func run(_ prepared: Prepared, with arguments: StepArguments) throws(BackendError)
  /// Makes lists ready to run side by side, such as the steps of several networks.
  ///
  /// - Precondition: no list touches memory that another one changes.
  func prepare(together lists: [[Operation<Self>]]) throws(BackendError) -> PreparedTogether
  /// Runs each list with its own values. Returns before the device has run them.
  func run(
    _ together: PreparedTogether, with arguments: [StepArguments]
  ) throws(BackendError)
  /// Announces a list that will be prepared later. A backend can start slow work, such as checking
  /// kernels. The default does nothing.
  func anticipate(_ operations: [Operation<Self>])
}

/// A list of operations that a backend has prepared.
public protocol PreparedOperations: AnyObject {
  /// Its parts in the order in which they run, for `lamina train --explain`.
  var stages: [PreparedStage] { get }
  /// What the backend has to say of its choice between ways, a sentence each.
  var remarks: [String] { get }
}

extension PreparedOperations {
  /// Nothing.
  public var remarks: [String] { [] }

  /// The number of commands that a run enqueues; 0 on a backend without a queue.
  public var launchCount: Int { stages.reduce(0) { $0 + $1.launches } }
}
