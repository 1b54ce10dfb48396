/// The contents of a safetensors file: named arrays of floats, and metadata.
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

  /// A tensor of a file whose values cannot be 32-bit floats.
  public struct Unusable: Sendable, Equatable {
    /// The name, which is unique in the file.
    public let name: String
    /// The sizes of the dimensions.
    public let shape: [Int]
    /// The reason.
    public let problem: SafetensorsProblem
  }

  /// Free-form notes, such as the description of a network.
  public var metadata: [String: String]
  /// The tensors, in the order of their data in the file.
  public var tensors: [Tensor]
  /// The tensors that were passed over, because their values are whole numbers or too large. They
  /// do no harm unless somebody needs them, and are not written.
  public private(set) var unusable: [Unusable] = []

  /// Creates contents from metadata and tensors; ``write(to:)`` checks them.
  public init(metadata: [String: String] = [:], tensors: [Tensor] = []) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// Creates the contents of a file that was read.
  init(metadata: [String: String], tensors: [Tensor], unusable: [Unusable]) {
    self.init(metadata: metadata, tensors: tensors)
    self.unusable = unusable
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

  /// The size of a tensor in bytes; nil if it does not fit an `Int`.
  static func byteCount(of shape: [Int], _ element: SafetensorsElement = .single) -> Int? {
    // Eight bytes, because tensors of smaller elements become floats.
    guard ([8] + shape).product != nil else { return nil }
    return ([element.size] + shape).product
  }
}
