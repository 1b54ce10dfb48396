import Lamina

extension ReferenceBackend {
  /// Memory: the bytes that a device would hold, and beside each four of them the number before it
  /// was rounded to `Float`, with which operations go on.
  package final class Buffer {
    private let bytes: UnsafeMutableRawBufferPointer
    private let numbers: UnsafeMutableBufferPointer<Double>

    init(byteCount: Int) {
      let count = (byteCount + 3) / 4
      bytes = .allocate(byteCount: 4 * count, alignment: 64)
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      numbers = .allocate(capacity: count)
      numbers.initialize(repeating: 0)
    }

    deinit {
      bytes.deallocate()
      numbers.deallocate()
    }

    /// The number at the place of a float.
    subscript(_ index: Int) -> Double {
      get { numbers[index] }
      set {
        numbers[index] = newValue
        bytes.storeBytes(of: Float(newValue), toByteOffset: 4 * index, as: Float.self)
      }
    }

    func byte(_ index: Int) -> UInt8 { bytes[index] }

    func integer(_ index: Int) -> Int { Int(bytes.load(fromByteOffset: 4 * index, as: Int32.self)) }

    /// Takes bytes from the host, of which nobody says here whether they are floats.
    func write(_ source: UnsafeRawBufferPointer, at offset: Int) {
      UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyMemory(from: source)
      for index in offset / 4..<(offset + source.count + 3) / 4 {
        numbers[index] = Double(bytes.load(fromByteOffset: 4 * index, as: Float.self))
      }
    }

    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) {
      target.copyMemory(from: .init(rebasing: bytes[offset..<offset + target.count]))
    }
  }
}

extension Vector<ReferenceBackend> {
  subscript(_ index: Int) -> Double {
    get { buffer[offset + index] }
    nonmutating set { buffer[offset + index] = newValue }
  }
}

extension Matrix<ReferenceBackend> {
  subscript(_ row: Int, _ column: Int) -> Double {
    get { buffer[index(row, column)] }
    nonmutating set { buffer[index(row, column)] = newValue }
  }

  private func index(_ row: Int, _ column: Int) -> Int {
    offset + (isTransposed ? column * stride + row : row * stride + column)
  }
}

extension Indices<ReferenceBackend> {
  subscript(_ index: Int) -> Int { buffer.integer(index) }
}

extension Examples<ReferenceBackend> {
  subscript(_ row: Int, _ column: Int) -> Double {
    switch element {
    case .byte: Double(buffer.byte(row * columns + column))
    case .float: buffer[row * columns + column]
    }
  }
}
