package import Lamina

/// Synthetic data that resemble MNIST, generated without any file.
package enum SyntheticData {
  /// The number of MNIST's training images.
  package static let count = 60000
  private static let mnistBytes = count * 784

  /// As many examples as MNIST has, or as many as fit into MNIST's size in bytes, if that is fewer.
  package static func defaultCount(_ row: NetworkRow) -> Int {
    max(row.batchSize, min(count, mnistBytes / row.description.inputs))
  }

  /// Data for a network: bytes of which 20 % are not zero, as in images, for one that scales these,
  /// and floats in -1 ..< 1 for others; with targets that fit its loss and can be learned.
  package static func dataset(for row: NetworkRow, count: Int) -> Dataset {
    let table = NetworkRow.table[0].description
    if row.description.isForSameData(as: table), count == Self.count { return mnist }
    return dataset(for: row.description, count: count)
  }

  /// Generated once for all networks.
  private static let mnist = dataset(for: NetworkRow.table[0].description, count: count)

  private static func dataset(for network: NetworkDescription, count: Int) -> Dataset {
    let inputs: Dataset.Inputs =
      network.inputScaling == .signedUnit
      ? .bytes(bytes(count * network.inputs)) : .floats(uniformFloats(count * network.inputs))
    return Dataset(
      name: "synthetic", inputs: inputs, targets: targets(for: network, inputs),
      features: network.inputs)
  }

  /// Row numbers in random order.
  package static func order(count: Int) -> [Int32] {
    EpochOrder(count: count, seed: seed).indices(epoch: 1)
  }

  /// Numbers in -1 ..< 1, because some processors are faster with zeros than in real training. The
  /// numbers repeat after 65536, which does not affect the speed.
  package static func floats(_ count: Int) -> [Float] {
    var generator = Philox(seed: seed, stream: 2).generator()
    let period = (0..<min(count, 1 << 16)).map { _ in 2 * generator.uniform() - 1 }
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in 0..<count { buffer.initializeElement(at: index, to: period[index & 0xFFFF]) }
      initialized = count
    }
  }

  /// Numbers in -1 ..< 1 that do not repeat, for data to learn from.
  private static func uniformFloats(_ count: Int) -> [Float] {
    var generator = Philox(seed: seed, stream: 1).generator()
    return (0..<count).map { _ in 2 * generator.uniform() - 1 }
  }

  /// Random bytes, of which 51 in 256 are not zero. Each block of the generator gives 16 bytes.
  private static func bytes(_ count: Int) -> [UInt8] {
    let philox = Philox(seed: seed)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      for start in stride(from: 0, to: count, by: 16) {
        let block = unsafeBitCast(philox.block(at: UInt64(start / 16)), to: SIMD16<UInt8>.self)
        let pixels = (block &* 5 &+ 5).replacing(with: 0, where: block .>= 51)
        for lane in 0..<min(16, count - start) {
          buffer.initializeElement(at: start + lane, to: pixels[lane])
        }
      }
      initialized = count
    }
  }

  private static let seed: UInt64 = 1
}

extension NetworkDescription {
  /// True if the same data serve both networks.
  fileprivate func isForSameData(as other: NetworkDescription) -> Bool {
    inputs == other.inputs && outputs == other.outputs && loss == other.loss
      && inputScaling == other.inputScaling
  }
}
