import Glibc
public import Lamina

/// Runs on the processor: LIBXSMM and OpenBLAS for products, Swift for everything else, with the
/// number of threads that is fastest.
///
/// Operations have run when they return. A prepared list is divided into phases
/// (``PreparedTasks``). Within a phase, each thread takes its share of the batch or of the weights
/// through all operations in a row. So threads wait for each other two or three times in a training
/// step and not after each operation.
public final class CPUBackend: Backend {
  /// Memory of the host.
  public typealias Buffer = CPUBuffer
  /// Tasks, cut into phases.
  public typealias Prepared = PreparedTasks
  /// Lists of tasks, of which each thread takes whole ones.
  public typealias PreparedTogether = ListsTogether
  /// There is nothing to mark, because operations have run when they return.
  public typealias Mark = Void

  /// The processor, for reports.
  public let device: DeviceDescription
  /// The precision of the factors of products. Small products may be fp32 all the same.
  public let precision: Precision
  let blas: OpenBLAS
  let products: MatrixProducts
  private let kernels: ProductKernels?
  let team: ThreadTeam
  /// The most parts that work is cut into.
  let width: Int
  /// Clears new memory on a machine of several nodes.
  private let firstTouch: FirstTouch?
  /// The number of the team's threads that have a core each.
  private let coreThreads: Int
  /// Measures every operation, which then run one after the other; nil measures nothing.
  public var profile: Profile?
  /// The names of the fusion rules that ``prepare(_:)`` skips. Tests compare the results of rules
  /// with those of the plain operations.
  package var disabledRules: Set<String> = []

  /// The most threads that a backend can be cut for.
  public static let mostThreads = 1024

  /// Loads OpenBLAS and starts the threads.
  ///
  /// - Parameters:
  ///   - threads: The number of threads for which work is divided, from 1 to ``mostThreads``. It
  ///     determines the bits of results. The default is the number of threads that the process can
  ///     use. Measurements decide how many of them run a step, and never more than the process can
  ///     use.
  ///   - precision: The precision of the factors of products.
  ///   - warn: Receives sentences about reasons why the backend is slower than possible. By default
  ///     they go to the standard error, each once.
  /// - Throws: `BackendError.libraryMissing` without OpenBLAS,
  ///   `BackendError.unsupportedPrecision` for a precision that it lacks,
  ///   `BackendError.invalidSetting` if the environment asks for kernels that this processor cannot
  ///   run.
  public convenience init(
    threads: Int? = nil, precision: Precision = .fp32,
    warn: (String) -> Void = CPUWarning.write
  ) throws(BackendError) {
    let processor = Processor()
    try self.init(
      processor, ProductKernels(for: processor), precision: precision, threads: threads, warn: warn)
  }

  /// - Parameter kernels: The kernels for products; nil for OpenBLAS alone.
  init(
    _ processor: Processor, _ kernels: ProductKernels?, precision: Precision = .fp32, threads: Int?,
    warn: (String) -> Void = CPUWarning.write
  ) throws(BackendError) {
    try Self.check(precision, processor, hasKernels: kernels != nil)
    self.precision = precision
    blas = try OpenBLAS(for: processor)
    self.kernels = kernels
    products = MatrixProducts(blas, kernels, precision, ProductTiles(processor.topology))
    let share = processor.share
    width = max(1, min(threads ?? share.mostThreads, Self.mostThreads))
    let count = min(width, share.mostThreads)
    let placement = ThreadPlacement(processor.topology, cores: min(count, share.coreThreads))
    team = ThreadTeam(count: count, parts: width, place: placement.processors)
    coreThreads = min(team.count, share.coreThreads)
    let nodes = processor.topology.nodes.count
    firstTouch =
      nodes > 1 && coreThreads > 1
      ? FirstTouch(team, parts: width, members: coreThreads) : nil
    let libxsmm = kernels == nil ? nil : ProductCode.version
    let ofNodes = nodes > 1 ? ", with memory at \(nodes) nodes" : ""
    var notes = ["\(Self.text(threads: team.count, of: width)), \(share.text)\(ofNodes)"]
    if let warning = blas.warning {
      warn(warning)
      notes.append(warning)
    }
    if team.count < min(width, share.mostThreads) {
      let warning = "the system lets this process start no more than \(team.count) threads"
      warn(warning)
      notes.append(warning)
    }
    device = DeviceDescription(
      selector: "cpu", name: processor.name, platform: "CPU", vendor: processor.vendor,
      driver: "OpenBLAS \(blas.version) (\(blas.kernelSet))"
        + (libxsmm.map { ", LIBXSMM \($0)" } ?? ""),
      computeUnits: team.count, clock: processor.clock, memory: processor.memory,
      libraries: [
        "OpenBLAS": blas.version, "OpenBLAS kernel set": blas.kernelSet,
        "LIBXSMM": libxsmm ?? "not used",
      ], threads: width, notes: notes)
  }

  /// Such as `up to 2 threads`.
  private static func text(threads: Int, of width: Int) -> String {
    let text = threads == 1 ? "1 thread" : "up to \(threads) threads"
    return width > threads ? text + ", work cut for \(width)" : text
  }

  /// Zeroed memory.
  public func makeBuffer(byteCount: Int) throws(BackendError) -> CPUBuffer {
    let clear = firstTouch?.clear ?? CPUBuffer.clear
    guard let buffer = CPUBuffer(byteCount: byteCount, clear: clear) else {
      throw .outOfMemory(bytes: byteCount, device: device.name)
    }
    return buffer
  }

  /// Copies into `buffer`.
  public func write(_ bytes: RawSpan, to buffer: CPUBuffer, at offset: Int) {
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[offset..<offset + $0.count])
        .copyMemory(from: $0)
    }
  }

  /// Copies out of `buffer`.
  public func read(_ buffer: CPUBuffer, at offset: Int, into bytes: inout MutableRawSpan) {
    bytes.withUnsafeMutableBytes {
      $0.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: buffer.bytes[offset..<offset + $0.count]))
    }
  }

  /// Returns at once, because operations have run when they return.
  public func synchronize() {}
  /// Nothing is pending here.
  public func mark() {}
  /// Returns at once.
  public func wait(for mark: Void) {}

  /// Runs a prepared list.
  public func run(_ prepared: PreparedTasks, with arguments: StepArguments) {
    let environment = Denormals.flushToZero()
    if let profile {
      prepared.run(on: team, width: width, cores: coreThreads, arguments, measuring: profile)
    } else {
      prepared.run(on: team, width: width, cores: coreThreads, arguments)
    }
    Denormals.restore(environment)
  }

  /// Prepares each list.
  public func prepare(
    together lists: [[Operation<CPUBackend>]]
  ) throws(BackendError) -> ListsTogether {
    var prepared: [PreparedTasks] = []
    for list in lists { prepared.append(try prepare(list)) }
    return ListsTogether(prepared, width: width)
  }

  /// Runs prepared lists side by side; one after the other while times are taken.
  public func run(_ together: ListsTogether, with arguments: [StepArguments]) {
    if profile != nil {
      for (list, arguments) in zip(together.lists, arguments) { run(list, with: arguments) }
      return
    }
    let environment = Denormals.flushToZero()
    together.run(on: team, width: width, cores: coreThreads, arguments)
    Denormals.restore(environment)
  }
}
