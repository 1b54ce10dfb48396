import Testing

@testable import Lamina

@Suite struct PhiloxTests {
  /// The known answers that the authors' Random123 library ships.
  @Test func givesTheKnownAnswers() {
    #expect(
      Philox(seed: 0).block(at: 0) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = Philox(seed: .max, stream: .max).block(at: .max)
    #expect(ones == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    let pi = Philox(seed: 0x299f_31d0_a409_3822, stream: 0x0370_7344_1319_8a2e)
      .block(at: 0x85a3_08d3_243f_6a88)
    #expect(pi == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func theGeneratorWalksThroughTheBlocks() {
    let philox = Philox(seed: 7, stream: 2)
    var generator = philox.generator()
    for counter in 0..<3 as Range<UInt64> {
      let block = philox.block(at: counter)
      for lane in 0..<4 { #expect(generator.nextWord() == block[lane]) }
    }
  }

  @Test func uniformNumbersFillTheirRange() {
    var generator = Philox(seed: 1).generator()
    let numbers = (0..<100_000).map { _ in generator.uniform() }
    #expect(numbers.allSatisfy { (0..<1).contains($0) })
    let mean = numbers.reduce(0) { $0 + Double($1) } / 100_000
    // The standard error of the mean is 0.0009.
    #expect(abs(mean - 0.5) < 0.005)
  }

  @Test func boundedNumbersAreEquallyLikely() {
    var generator = Philox(seed: 2).generator()
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[Int(generator.uniform(below: 7))] += 1 }
    // Standard deviation 93.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
  }

  @Test func epochsShuffleEachInItsOwnWay() {
    let order = EpochOrder(count: 1000, seed: 5)
    let first = order.indices(epoch: 1)
    #expect(first == EpochOrder(count: 1000, seed: 5).indices(epoch: 1))
    #expect(first != order.indices(epoch: 2))
    #expect(first != EpochOrder(count: 1000, seed: 6).indices(epoch: 1))
    #expect(first.sorted() == [Int32](0..<1000))
    #expect(EpochOrder(count: 5, seed: nil).indices(epoch: 3) == [0, 1, 2, 3, 4])
  }
}
