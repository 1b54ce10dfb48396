import Foundation
package import Lamina

/// Computes every operation one element at a time in `Double`, and records what it is asked to do.
///
/// What an operation stores for another stays in `Double` too: only what the host reads is rounded.
/// It shares no code with the real backends and overrides no composite operation: the reference for
/// their results, and the witness of the order of operations.
package final class ReferenceBackend: Backend {
  /// Memory, or a part of another's: the bytes that a device would hold, and beside each four of them
  /// the number before it was rounded to `Float`, with which operations go on.
  package final class Storage {
    let bytes: UnsafeMutableRawBufferPointer
    private let numbers: UnsafeMutableBufferPointer<Double>
    private let whole: Storage?

    init(byteCount: Int) {
      let count = (byteCount + 3) / 4
      bytes = .allocate(byteCount: 4 * count, alignment: 64)
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      numbers = .allocate(capacity: count)
      numbers.initialize(repeating: 0)
      whole = nil
    }

    init(_ whole: Storage, _ range: Range<Int>) {
      bytes = UnsafeMutableRawBufferPointer(rebasing: whole.bytes[range])
      let cells = range.lowerBound / 4..<(range.upperBound + 3) / 4
      numbers = UnsafeMutableBufferPointer(rebasing: whole.numbers[cells])
      self.whole = whole
    }

    deinit {
      guard whole == nil else { return }
      bytes.deallocate()
      numbers.deallocate()
    }

    func float(_ index: Int) -> Double { numbers[index] }

    func set(_ index: Int, _ value: Double) {
      numbers[index] = value
      bytes.storeBytes(of: Float(value), toByteOffset: 4 * index, as: Float.self)
    }

    func integer(_ index: Int) -> Int {
      Int(bytes.load(fromByteOffset: 4 * index, as: Int32.self))
    }

    /// Takes bytes from the host, of which nobody says here whether they are floats.
    func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
      UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyMemory(from: source)
      for index in offset / 4..<(offset + source.count + 3) / 4 {
        numbers[index] = Double(bytes.load(fromByteOffset: 4 * index, as: Float.self))
      }
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
    bytes.withUnsafeBytes { storage.write($0, at: offset) }
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
