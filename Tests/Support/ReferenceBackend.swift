import Foundation
package import Lamina

/// Computes every operation one element at a time in `Double`, and records what it is asked to do.
///
/// It shares no code with the real backends and overrides no composite operation: the reference for
/// their results, and the witness of the order of operations.
package final class ReferenceBackend: Backend {
  /// Memory, or a part of another's.
  package final class Storage {
    var bytes: UnsafeMutableRawBufferPointer
    let whole: Storage?
    init(byteCount: Int) {
      bytes = .allocate(byteCount: byteCount, alignment: 64)
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      whole = nil
    }
    init(_ whole: Storage, _ range: Range<Int>) {
      bytes = UnsafeMutableRawBufferPointer(rebasing: whole.bytes[range])
      self.whole = whole
    }
    deinit { if whole == nil { bytes.deallocate() } }
    func float(_ index: Int) -> Double {
      Double(bytes.load(fromByteOffset: 4 * index, as: Float.self))
    }
    func set(_ index: Int, _ value: Double) {
      bytes.storeBytes(of: Float(value), toByteOffset: 4 * index, as: Float.self)
    }
    func integer(_ index: Int) -> Int {
      Int(bytes.load(fromByteOffset: 4 * index, as: Int32.self))
    }
  }

  /// Operations to run again.
  package final class Prepared {
    var operations: [() -> Void] = []
  }

  package let device = DeviceDescription(
    selector: "reference", name: "reference", platform: "scalar", vendor: "none", driver: "none",
    computeUnits: 1, memory: 0, libraries: [:])
  package let viewAlignment = 64
  /// The names of all calls so far, in order; between `prepare(` and `)` those recorded.
  package private(set) var calls: [String] = []
  var arguments = StepArguments()
  private var recording: Prepared?

  package init() {}

  package func makeStorage(byteCount: Int) -> Storage {
    calls.append("makeStorage")
    return Storage(byteCount: byteCount)
  }
  package func makeView(of storage: Storage, bytes: Range<Int>) -> Storage {
    precondition(bytes.lowerBound % viewAlignment == 0)
    return Storage(storage, bytes)
  }
  package func write(_ bytes: RawSpan, to storage: Storage, at offset: Int) {
    calls.append("write")
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: storage.bytes[offset...]).copyMemory(from: $0)
    }
  }
  package func read(_ storage: Storage, at offset: Int, into bytes: inout MutableRawSpan) {
    calls.append("read")
    bytes.withUnsafeMutableBytes {
      $0.copyMemory(from: .init(rebasing: storage.bytes[offset..<offset + $0.count]))
    }
  }
  package func synchronize() { calls.append("synchronize") }
  package func mark() { calls.append("mark") }
  package func wait(for mark: Void) { calls.append("wait") }

  package func prepare(
    _ operations: () throws(BackendError) -> Void
  ) throws(BackendError) -> Prepared {
    let prepared = Prepared()
    recording = prepared
    calls.append("prepare(")
    try operations()
    calls.append(")")
    recording = nil
    return prepared
  }
  package func run(_ prepared: Prepared, with arguments: StepArguments) {
    calls.append("run")
    self.arguments = arguments
    for operation in prepared.operations { operation() }
    self.arguments = StepArguments()
  }

  func submit(_ name: String, _ operation: @escaping () -> Void) {
    calls.append(name)
    if let recording { recording.operations.append(operation) } else { operation() }
  }
}

extension Matrix<ReferenceBackend> {
  func index(_ row: Int, _ column: Int) -> Int {
    isTransposed ? column * stride + row : row * stride + column
  }
  subscript(_ row: Int, _ column: Int) -> Double {
    get { storage.float(index(row, column)) }
    nonmutating set { storage.set(index(row, column), newValue) }
  }
}

extension KernelFunction {
  /// `k(u, v)` in `Double`, from `u · v` and `|u - v|²`.
  func value(product: Double, distance: Double) -> Double {
    switch self {
    case .linear: product
    case .polynomial(let degree, let gamma, let coef0):
      pow(Double(gamma) * product + Double(coef0), Double(degree))
    case .rbf(let gamma): exp(-Double(gamma) * (distance < 0 ? 0 : distance))
    case .sigmoid(let gamma, let coef0): Foundation.tanh(Double(gamma) * product + Double(coef0))
    }
  }
}
