/// The contents of a safetensors file: named arrays of 32-bit floats, and metadata.
public struct Safetensors: Sendable, Equatable {
  /// One array with its name.
  public struct Tensor: Sendable, Equatable {
    /// The name, which is unique in the file.
    public var name: String
    /// The sizes of the dimensions, the slowest-varying first; empty for a scalar.
    public var shape: [Int]
    /// The elements; the last dimension varies fastest. Their number is the product of ``shape``.
    public var values: [Float]

    /// Creates a tensor from its name, shape and elements.
    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Free-form notes, such as the description of a network.
  public var metadata: [String: String]
  /// The tensors, in the order of their data in the file.
  public var tensors: [Tensor]

  /// Creates contents from metadata and tensors; ``write(to:)`` checks them.
  public init(metadata: [String: String] = [:], tensors: [Tensor] = []) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The tensor named `name`, if there is one.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }
}

/// The limits for both reading and writing.
enum SafetensorsLimits {
  /// The largest size of a header in bytes.
  static let header = 1 << 20
  static let tensors = 4096
  static let rank = 8
  static let metadataName = "__metadata__"

  /// The size of a tensor of 32-bit floats in bytes; nil if it does not fit an `Int`.
  static func byteCount(of shape: [Int]) -> Int? {
    ([MemoryLayout<Float>.size] + shape).product
  }
}
