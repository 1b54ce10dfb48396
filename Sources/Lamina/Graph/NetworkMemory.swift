/// The memory of a network's buffers: its own, or a share of buffers that networks of one shape
/// have in common.
///
/// The first of the networks allocates each buffer for all of them. Networks that ask for the same
/// sizes in the same order then have their numbers in the same buffers, at other offsets, so that
/// one kernel finds them all.
public final class NetworkMemory<B: Backend> {
  /// The backend that allocates.
  public let backend: B
  /// The network's place among those that share buffers, counted from 0.
  public let place: Int
  private let pool: Pool
  /// The shares of each size that this network has taken.
  private var taken: [Int: Int] = [:]

  /// Buffers that networks have in common, by the size of a share.
  private final class Pool {
    let networks: Int
    var buffers: [Int: [B.Buffer]] = [:]

    init(networks: Int) { self.networks = networks }
  }

  private init(_ backend: B, _ pool: Pool, place: Int) {
    self.backend = backend
    self.pool = pool
    self.place = place
  }

  /// Memory of one network's own.
  public convenience init(_ backend: B) { self.init(backend, Pool(networks: 1), place: 0) }

  /// The memories of `count` networks that share buffers.
  public static func shared(by count: Int, on backend: B) -> [NetworkMemory] {
    let pool = Pool(networks: count)
    return (0..<count).map { NetworkMemory(backend, pool, place: $0) }
  }

  /// The network's share of the next buffer, in numbers of 32 bits.
  private func share(_ count: Int) throws(BackendError) -> (buffer: B.Buffer, start: Int) {
    let stride = count.roundedUp(to: MatrixLayout.rowAlignment)
    let number = taken[stride, default: 0]
    taken[stride] = number + 1
    if let known = pool.buffers[stride], number < known.count {
      return (known[number], place * stride)
    }
    // A network alone needs no padding.
    let numbers = pool.networks == 1 ? count : pool.networks * stride
    let buffer = try backend.makeBuffer(byteCount: numbers * MemoryLayout<Float>.stride)
    // Memory of one network's own is not kept for others.
    if pool.networks > 1 { pool.buffers[stride, default: []].append(buffer) }
    return (buffer, place * stride)
  }

  /// A vector of zeros.
  public func makeVector(count: Int) throws(BackendError) -> Vector<B> {
    let share = try share(count)
    return Vector(buffer: share.buffer, offset: share.start, count: count)
  }

  /// A matrix of zeros whose rows start at multiples of ``MatrixLayout/rowAlignment``.
  public func makeMatrix(rows: Int, columns: Int) throws(BackendError) -> Matrix<B> {
    let stride = MatrixLayout.stride(columns: columns)
    let share = try share(rows * stride)
    return Matrix(
      buffer: share.buffer, offset: share.start, rows: rows, columns: columns, stride: stride)
  }

  /// Row numbers: the buffer of all networks, and the first of this network's `count` numbers there.
  public func makeIndices(count: Int) throws(BackendError) -> (indices: Indices<B>, first: Int) {
    let share = try share(count)
    return (Indices(buffer: share.buffer, count: share.start + count), share.start)
  }

  /// The map of stored inputs, where it is one for each feature.
  func makeScaling(_ scaling: InputScaling) throws(BackendError) -> DeviceScaling<B> {
    guard case .perFeature(_, let scales, let offsets) = scaling else {
      return try backend.makeScaling(scaling)
    }
    func vector(_ values: [Float]) throws(BackendError) -> Vector<B> {
      let vector = try makeVector(count: values.count)
      try backend.write(values, to: vector)
      return vector
    }
    return .perFeature(scales: try vector(scales), offsets: try vector(offsets))
  }

  /// The numbers of all networks, with the padding between them, of which this memory made
  /// `vector`.
  public func all(_ vector: Vector<B>) -> Vector<B> {
    let stride = vector.count.roundedUp(to: MatrixLayout.rowAlignment)
    return pool.networks == 1
      ? vector : Vector(buffer: vector.buffer, count: pool.networks * stride)
  }
}
