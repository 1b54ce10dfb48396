import Synchronization

/// The kernels of all products so far. The first product of a shape generates its kernel. Later
/// ones find it without a lock, because small products last only microseconds.
final class ProductKernels: @unchecked Sendable {
  /// Generates the instructions for a shape; nil if there are none.
  private let instructions: (ProductKernelShape) -> [UInt8]?
  private let table: Atomic<UnsafePointer<Table>>
  /// Held by the thread that writes a kernel.
  private let writing = Mutex<Void>(())
  /// Tables that became too small, at which threads may still be looking.
  private var outgrown: [UnsafePointer<Table>] = []

  /// Kernels of the instructions that are given for their shapes.
  init(_ instructions: @escaping (ProductKernelShape) -> [UInt8]?) {
    self.instructions = instructions
    table = Atomic(Table.make(capacity: 64))
  }

  /// Kernels for a processor; nil if LIBXSMM does not support it, if programs cannot run code that
  /// they have written, or if a small product is wrong.
  convenience init?(for processor: Processor) {
    guard let set = ProductCode.InstructionSet(of: processor) else { return nil }
    self.init(ProductCode(instructionSet: set).instructions)
    guard ProductKernelTrial.passes(self) else { return nil }
  }

  deinit {
    let last = table.load(ordering: .acquiring)
    for entry in last.pointee.entries {
      entry.pointee.kernel?.free()
      entry.deallocate()
    }
    for table in outgrown + [last] { Table.free(table) }
  }

  /// The kernel for a shape; nil if there is none.
  @inline(__always)
  func kernel(for shape: ProductKernelShape) -> ProductKernel? {
    (table.load(ordering: .acquiring).pointee.entry(of: shape) ?? write(shape)).pointee.kernel
  }

  /// Writes a kernel, unless another thread has just done so.
  @inline(never)
  private func write(_ shape: ProductKernelShape) -> UnsafePointer<Entry> {
    writing.withLock { _ in
      var current = table.load(ordering: .relaxed)
      if let entry = current.pointee.entry(of: shape) { return entry }
      if current.pointee.isCrowded {
        outgrown.append(current)
        current = Table.make(capacity: 2 * current.pointee.capacity, from: current)
        table.store(current, ordering: .releasing)
      }
      let kernel = instructions(shape).flatMap { ProductKernel($0) }
      let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
      entry.initialize(to: Entry(shape: shape, kernel: kernel))
      current.pointee.add(UnsafePointer(entry))
      return UnsafePointer(entry)
    }
  }

  /// The code for a shape.
  private struct Entry {
    let shape: ProductKernelShape
    let kernel: ProductKernel?
  }

  /// A hash table with open addressing: an entry is at the place of its hash, or at the next free
  /// place.
  private struct Table {
    private typealias Slot = Atomic<UnsafePointer<Entry>?>
    private let slots: UnsafeMutablePointer<Slot>
    /// A power of two.
    let capacity: Int

    /// All entries, in no order.
    var entries: [UnsafePointer<Entry>] {
      (0..<capacity).compactMap { slots[$0].load(ordering: .relaxed) }
    }

    /// True if half of the places are taken.
    var isCrowded: Bool { 2 * entries.count >= capacity }

    @inline(__always)
    func entry(of shape: ProductKernelShape) -> UnsafePointer<Entry>? {
      var place = shape.hash
      while let entry = slots[place & (capacity - 1)].load(ordering: .acquiring) {
        if entry.pointee.shape == shape { return entry }
        place &+= 1
      }
      return nil
    }

    func add(_ entry: UnsafePointer<Entry>) {
      var place = entry.pointee.shape.hash
      while slots[place & (capacity - 1)].load(ordering: .relaxed) != nil { place &+= 1 }
      slots[place & (capacity - 1)].store(entry, ordering: .releasing)
    }

    static func make(
      capacity: Int, from smaller: UnsafePointer<Table>? = nil
    ) -> UnsafePointer<Table> {
      let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
      for place in 0..<capacity { (slots + place).initialize(to: Atomic(nil)) }
      let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
      table.initialize(to: Table(slots: slots, capacity: capacity))
      for entry in smaller?.pointee.entries ?? [] { table.pointee.add(entry) }
      return UnsafePointer(table)
    }

    static func free(_ table: UnsafePointer<Table>) {
      table.pointee.slots.deinitialize(count: table.pointee.capacity)
      table.pointee.slots.deallocate()
      table.deallocate()
    }
  }
}
