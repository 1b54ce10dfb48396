/// Named arrays of 32-bit floats with notes, as a safetensors file holds them.
public struct Safetensors: Sendable, Equatable {
  /// One array with its name.
  public struct Tensor: Sendable, Equatable {
    /// The name, which no other tensor of the file has.
    public var name: String
    /// The sizes of the dimensions, the slowest first; empty for a single number.
    public var shape: [Int]
    /// The elements, the last dimension fastest; as many as the product of ``shape``.
    public var values: [Float]

    /// Names `values`.
    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Free notes, such as the description of a network.
  public var metadata: [String: String]
  /// The tensors, in the order of their bytes in the file.
  public var tensors: [Tensor]

  /// Puts tensors and notes together; ``write(to:)`` checks them.
  public init(metadata: [String: String] = [:], tensors: [Tensor] = []) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The tensor named `name`, if there is one.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }
}

/// What both reading and writing hold to.
enum SafetensorsLimits {
  /// Bytes of a header.
  static let header = 1 << 20
  static let tensors = 4096
  static let rank = 8
  static let metadataName = "__metadata__"

  /// The bytes of a tensor of 32-bit floats, or `nil` where they do not fit an `Int`.
  static func byteCount(of shape: [Int]) -> Int? {
    var count = MemoryLayout<Float>.size
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      count = product
    }
    return count
  }
}
