import Lamina
import LaminaData
import Testing

struct DigitsTests {
  private static let split = DatasetSplit.digits(seed: 1, trainCount: 1003, testCount: 250)

  @Test func givesTheSameBytesEverywhere() {
    let again = DatasetSplit.digits(seed: 1, trainCount: 1003, testCount: 250)
    #expect(again.train.pixels == Self.split.train.pixels)
    // Fixed, so that runs of different versions and machines can be compared.
    #expect(checksum(Self.split.train.pixels) == 992_324_459)
    #expect(checksum(Self.split.test.pixels) == 1_191_476_501)
  }

  @Test func aSmallerSetIsTheBeginningOfALargerOne() {
    let small = DatasetSplit.digits(seed: 1, trainCount: 7, testCount: 3)
    #expect(small.train.pixels == [UInt8](Self.split.train.pixels[..<(7 * 784)]))
    #expect(small.test.pixels == [UInt8](Self.split.test.pixels[..<(3 * 784)]))
  }

  @Test func hasTheClassesInTurn() {
    #expect(Self.split.train.classCounts == [101, 101, 101] + [Int](repeating: 100, count: 7))
    #expect(Self.split.test.classCounts == [Int](repeating: 25, count: 10))
    #expect(Self.split.train.imageSize == ImageSize(height: 28, width: 28))
    #expect(Self.split.train.features == 784)
  }

  @Test func drawsNoPictureTwice() {
    let pixels = Self.split.train.pixels + Self.split.test.pixels
    let pictures = stride(from: 0, to: pixels.count, by: 784).map { pixels[$0..<$0 + 784] }
    #expect(Set(pictures).count == 1253)
  }

  @Test func drawsOtherPicturesForAnotherSeed() {
    let other = DatasetSplit.digits(seed: 2, trainCount: 10, testCount: 10)
    for picture in 0..<10 {
      let place = picture * 784..<(picture + 1) * 784
      #expect(other.train.pixels[place] != Self.split.train.pixels[place])
      #expect(other.test.pixels[place] != Self.split.test.pixels[place])
    }
  }

  @Test func drawsBrightStrokesOnDarkPaper() {
    let pixels = Self.split.train.pixels
    for first in stride(from: 0, to: pixels.count, by: 784) {
      let ink = pixels[first..<first + 784].count { $0 > 100 }
      #expect((15...300).contains(ink), "picture \(first / 784)")
    }
  }
}
