import Lamina
import LaminaData
import Support
import Testing

/// Reads the project's data sets by their folders, and compares them with known facts about them.
@Suite(.enabled(if: SharedData.has("README.md"), "there is no ../shared/data"))
struct SharedDataTests {
  @Test func optdigits() throws {
    let split = try SharedData.load("optdigits")
    #expect(split.train.features == 64 && split.train.outputs == 10)
    #expect(split.train.classCounts == [376, 389, 380, 389, 387, 376, 377, 387, 380, 382])
    #expect(split.test.classCounts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(split.train.numbers.min() == 0 && split.train.numbers.max() == 16)
    #expect(Array(split.train.numbers[1...5]) == [1, 6, 15, 12, 1])
  }

  @Test func airfoil() throws {
    let split = try SharedData.load("airfoil")
    #expect(split.train.features == 5)
    #expect(split.train.count == 1202 && split.test.count == 301)
    let values = split.train.values + split.test.values
    #expect(values.min() == 103.38 && values.max() == 140.987)
    let mean = values.reduce(0) { $0 + Double($1) } / 1503
    #expect(abs(mean - 124.836) < 0.0005)
  }

  @Test func yeast() throws {
    let split = try SharedData.load("yeast")
    #expect(split.train.count == 1500 && split.test.count == 917 && split.train.features == 103)
    #expect(split.train.targets.names == (1...14).map { "Class\($0)" })
    let positives = [762, 1038, 983, 862, 722, 597, 428, 480, 178, 253, 289, 1816, 1799, 34]
    #expect(SharedData.positives(split) == positives)
    let numbers = split.train.numbers + split.test.numbers
    #expect(numbers.min() == -0.797436 && numbers.max() == 0.729621)
  }

  @Test func emotions() throws {
    let split = try SharedData.load("emotions")
    #expect(split.train.count == 391 && split.test.count == 202 && split.train.features == 72)
    #expect(SharedData.positives(split) == [173, 166, 264, 148, 168, 189])
    #expect(split.train.targets.names.first == "amazed-suprised")
  }

  /// The bitmaps have the same pixels as the IDX files derived from them, in the same order.
  @Test func gurmukhi() throws {
    let derived = try SharedData.load("gurmukhi/derived-idx")
    #expect(derived.train.count == 1000 && derived.test.count == 178)
    let bitmaps = try SharedData.load("gurmukhi/train")
    #expect(bitmaps.train.classCounts == [Int](repeating: 80, count: 10))
    #expect(bitmaps.test.classCounts == [Int](repeating: 20, count: 10))
    let (rest, taken) = derived.train.partition(share: 0.2, seed: 1)
    #expect(bitmaps.train.pixels == derived.train.examples(rest).pixels)
    #expect(bitmaps.test.pixels == derived.train.examples(taken).pixels)
    // The validation part consists mostly of TIFF files.
    let error = #expect(throws: DataError.self) { try SharedData.load("gurmukhi") }
    #expect(error?.description.contains("val/0/1.tiff: this is a TIFF picture") == true)
  }
}

extension SharedData {
  fileprivate static func load(_ name: String) throws -> DatasetSplit {
    try DataSource(folder(name)).load()
  }

  /// The number of examples with each label in both parts.
  fileprivate static func positives(_ split: DatasetSplit) -> [Int] {
    var counts = [Int](repeating: 0, count: split.train.outputs)
    for part in [split.train, split.test] {
      guard case .labels(let values, _) = part.targets else { return [] }
      for (index, value) in values.enumerated() where value == 1 {
        counts[index % counts.count] += 1
      }
    }
    return counts
  }
}
