/// The counter-based generator Philox4x32-10. Block `n` of a stream depends only on the seed, the
/// stream and `n`, so every backend and every thread can generate the same numbers in any order.
///
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public struct Philox: Sendable {
  /// The two key words.
  let key: SIMD2<UInt32>
  /// The upper half of the counter.
  let stream: SIMD2<UInt32>

  /// Makes the stream `stream` of the family that `seed` names.
  public init(seed: UInt64, stream: UInt64 = 0) {
    key = SIMD2(truncatingIfNeeded: SIMD2(seed, seed >> 32))
    self.stream = SIMD2(truncatingIfNeeded: SIMD2(stream, stream >> 32))
  }

  /// The four random words of the block at `counter`.
  public func block(at counter: UInt64) -> SIMD4<UInt32> {
    var x = SIMD4(
      UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
      stream.x, stream.y)
    var key = self.key
    for _ in 0..<10 {
      let a = UInt64(0xD251_1F53) * UInt64(x[0])
      let b = UInt64(0xCD9E_8D57) * UInt64(x[2])
      x = SIMD4(
        UInt32(b >> 32) ^ x[1] ^ key.x, UInt32(truncatingIfNeeded: b),
        UInt32(a >> 32) ^ x[3] ^ key.y, UInt32(truncatingIfNeeded: a))
      key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return x
  }

  /// A generator that walks through the blocks of this stream from the first on.
  public func generator() -> PhiloxGenerator { PhiloxGenerator(self) }
}

/// Walks through a ``Philox`` stream.
public struct PhiloxGenerator: RandomNumberGenerator, Sendable {
  private let philox: Philox
  private var counter: UInt64 = 0
  private var words = SIMD4<UInt32>()
  private var used = 4

  /// Starts at the first block of `philox`.
  public init(_ philox: Philox) { self.philox = philox }

  /// The next random word.
  public mutating func nextWord() -> UInt32 {
    if used == 4 {
      words = philox.block(at: counter)
      counter += 1
      used = 0
    }
    defer { used += 1 }
    return words[used]
  }

  /// The next 64 random bits: two words, the lower one first.
  public mutating func next() -> UInt64 {
    let low = nextWord()
    return UInt64(low) | UInt64(nextWord()) << 32
  }

  /// A uniform number in `0 ..< 1`, a multiple of 2^-24, which `Float` represents exactly.
  public mutating func uniform() -> Float { Float(nextWord() >> 8) * 0x1p-24 }

  /// A whole number in `0 ..< bound`, without bias (Lemire's multiplication with rejection).
  public mutating func uniform(below bound: UInt32) -> UInt32 {
    precondition(bound > 0, "an empty range has no random number")
    let threshold = (0 &- bound) % bound
    while true {
      let product = UInt64(nextWord()) * UInt64(bound)
      if UInt32(truncatingIfNeeded: product) >= threshold { return UInt32(product >> 32) }
    }
  }

  /// Puts elements in an order of which each is as likely (Fisher and Yates' shuffle).
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, Int(uniform(below: UInt32(last + 1))))
    }
  }
}
