/// The parameters of a network, and their velocities, in the memory of a backend.
///
/// All parameters lie in one vector, layer after layer, weights before bias, each part aligned; the
/// layers are views of it. Velocities lie in the same way in a vector of their own.
public final class Network<B: Backend> {
  /// The backend that holds the parameters.
  public let backend: B
  /// The shape.
  public let description: NetworkDescription
  /// All parameters with the padding between them.
  public let parameters: Vector<B>
  /// All velocities, laid out like ``parameters``.
  public let velocity: Vector<B>
  /// The parameters of each layer: views of ``parameters``.
  public let layers: [DenseParameters<B>]
  /// The velocities of each layer: views of ``velocity``.
  public let velocities: [DenseParameters<B>]

  /// Uploads `values`; the velocities start at zero.
  ///
  /// - Precondition: description and values have been validated.
  public init(
    _ description: NetworkDescription, values: NetworkParameters, on backend: B
  ) throws(BackendError) {
    self.backend = backend
    self.description = description
    let layout = ParameterLayout(description, viewAlignment: backend.viewAlignment)
    parameters = try backend.makeVector(count: layout.count)
    velocity = try backend.makeVector(count: layout.count)
    layers = try layout.views(of: parameters, on: backend)
    velocities = try layout.views(of: velocity, on: backend)
    for (layer, values) in zip(layers, values.layers) {
      try backend.write(
        values.weights.transposed(rows: layer.weights.columns), to: layer.weights)
      try backend.write(values.bias.span.bytes, to: layer.bias.storage, at: 0)
    }
  }

  /// Downloads the parameters. Waits for the device.
  public func values() throws(BackendError) -> NetworkParameters {
    var dense: [NetworkParameters.Dense] = []
    for layer in layers {
      dense.append(
        NetworkParameters.Dense(
          weights: try backend.values(of: layer.weights).transposed(rows: layer.weights.rows),
          bias: try backend.values(of: layer.bias)))
    }
    return NetworkParameters(layers: dense)
  }
}

/// Where each part of the parameters lies in their common vector.
private struct ParameterLayout {
  struct Part { var start: Int, rows: Int, columns: Int, stride: Int }

  private(set) var weights: [Part] = []
  private(set) var biases: [Part] = []
  private(set) var count = 0

  init(_ description: NetworkDescription, viewAlignment: Int) {
    let alignment = max(1, viewAlignment / MemoryLayout<Float>.stride)
    for shape in description.layerShapes {
      let stride = MatrixLayout.stride(columns: shape.outputs)
      weights.append(
        Part(start: count, rows: shape.inputs, columns: shape.outputs, stride: stride))
      count = (count + shape.inputs * stride).roundedUp(to: alignment)
      biases.append(Part(start: count, rows: 1, columns: shape.outputs, stride: stride))
      count = (count + stride).roundedUp(to: alignment)
    }
  }

  func views<B: Backend>(
    of vector: Vector<B>, on backend: B
  ) throws(BackendError) -> [DenseParameters<B>] {
    var views: [DenseParameters<B>] = []
    for (weights, bias) in zip(weights, biases) {
      views.append(
        DenseParameters(
          weights: Matrix(
            storage: try view(weights, of: vector, on: backend), rows: weights.rows,
            columns: weights.columns, stride: weights.stride),
          bias: Vector(storage: try view(bias, of: vector, on: backend), count: bias.columns)))
    }
    return views
  }

  private func view<B: Backend>(
    _ part: Part, of vector: Vector<B>, on backend: B
  ) throws(BackendError) -> B.Storage {
    let size = MemoryLayout<Float>.stride
    return try backend.makeView(
      of: vector.storage,
      bytes: part.start * size..<(part.start + part.rows * part.stride) * size)
  }
}

extension Int {
  /// The smallest multiple of `alignment` that is not less.
  func roundedUp(to alignment: Int) -> Int { (self + alignment - 1) / alignment * alignment }
}

extension [Float] {
  /// The transpose of a matrix of `rows` rows.
  func transposed(rows: Int) -> [Float] {
    let columns = count / rows
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      for column in 0..<columns {
        for row in 0..<rows {
          buffer.initializeElement(at: column * rows + row, to: self[row * columns + column])
        }
      }
      initialized = count
    }
  }
}
