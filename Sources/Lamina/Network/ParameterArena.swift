/// One number for each parameter of a network, in one vector: the weights of all dense layers come
/// first, since penalties are for them alone, then everything else. Each tensor starts aligned.
public final class ParameterArena<B: Backend> {
  /// Everything, padding included.
  public let all: Vector<B>
  /// The weights of all dense layers: a view of ``all``.
  public let weights: Vector<B>
  /// The part of each dense layer: views of ``all``.
  public let dense: [DenseParameters<B>]

  /// Allocates zeros.
  init(_ layout: ParameterLayout, on backend: B) throws(BackendError) {
    let all = try backend.makeVector(count: layout.count)
    self.all = all
    func view(_ part: ParameterLayout.Part) throws(BackendError) -> B.Storage {
      let size = MemoryLayout<Float>.stride
      return try backend.makeView(
        of: all.storage, bytes: part.start * size..<(part.start + part.count) * size)
    }
    weights = Vector(
      storage: try view(ParameterLayout.Part(start: 0, rows: 1, columns: layout.weightCount)),
      count: layout.weightCount)
    var dense: [DenseParameters<B>] = []
    for (weights, bias) in zip(layout.weights, layout.biases) {
      dense.append(
        DenseParameters(
          weights: Matrix(
            storage: try view(weights), rows: weights.rows, columns: weights.columns,
            stride: weights.stride),
          bias: Vector(storage: try view(bias), count: bias.columns)))
    }
    self.dense = dense
  }
}

/// Where each tensor lies in the vector of all parameters.
struct ParameterLayout {
  /// A matrix whose rows are padded; a vector is one of a single row.
  struct Part {
    let start: Int
    let rows: Int
    let columns: Int

    var stride: Int { MatrixLayout.stride(columns: columns) }
    var count: Int { rows * stride }
  }

  private(set) var weights: [Part] = []
  private(set) var biases: [Part] = []
  /// The length of the part that holds nothing but weights.
  private(set) var weightCount = 0
  /// The length of the whole vector.
  private(set) var count = 0
  private let alignment: Int

  init(_ tensors: [ParameterTensor], viewAlignment: Int) {
    alignment = max(1, viewAlignment / MemoryLayout<Float>.stride)
    for tensor in tensors {
      if case .weights = tensor.role {
        weights.append(append(rows: tensor.shape[1], columns: tensor.shape[0]))
      }
    }
    weightCount = count
    for tensor in tensors {
      if case .bias = tensor.role { biases.append(append(rows: 1, columns: tensor.shape[0])) }
    }
  }

  private mutating func append(rows: Int, columns: Int) -> Part {
    let part = Part(start: count, rows: rows, columns: columns)
    count = (count + part.count).roundedUp(to: alignment)
    return part
  }
}

extension Int {
  /// The smallest multiple of `alignment` that is not less.
  func roundedUp(to alignment: Int) -> Int { (self + alignment - 1) / alignment * alignment }
}
