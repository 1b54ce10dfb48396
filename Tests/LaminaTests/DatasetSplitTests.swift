import Lamina
import Testing

struct DatasetSplitTests {
  /// 100 examples whose only input is their number, in classes of 50, 30, 15 and 5.
  private static let sizes = [50, 30, 15, 5]
  private static let dataset = Dataset(
    name: "test", inputs: .floats((0..<100).map { Float($0) }),
    targets: .classes(
      sizes.indices.flatMap { [Int32](repeating: Int32($0), count: sizes[$0]) },
      classNames: ["a", "b", "c", "d"]), features: 1)

  /// A class without examples to learn from would never be found again.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [true, false])
  func oneExampleOfEachClassStays(seed: UInt64, isStratified: Bool) {
    let dataset = Dataset(
      name: "test", inputs: .floats((0..<12).map { Float($0) }),
      targets: .classes([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 3], classNames: ["a", "b", "c", "d"]),
      features: 1)
    for share in [0.2, 0.5, 0.9] {
      let rest = dataset.partition(share: share, seed: seed, isStratified: isStratified).rest
      #expect(rest.contains(8) && rest.contains(11))
      #expect(rest.contains(9) || rest.contains(10))
    }
  }

  @Test(arguments: [0, 0.1, 0.2, 0.37, 0.5, 1], [1, 2, 3] as [UInt64])
  func everyClassGivesItsShare(share: Double, seed: UInt64) {
    let (rest, taken) = Self.dataset.partition(share: share, seed: seed)
    #expect(taken.count == Int((100 * share).rounded()))
    #expect((rest + taken).sorted() == Array(0..<100))
    #expect(rest == rest.sorted() && taken == taken.sorted())
    let part = Self.dataset.examples(taken)
    guard case .classes(let classes, _) = part.targets else { return }
    for (number, size) in Self.sizes.enumerated() {
      let count = Double(classes.count { $0 == number })
      #expect(abs(count - share * Double(size)) < 1, "class \(number): \(count)")
    }
  }

  @Test func theSeedAloneDecides() {
    let first = Self.dataset.partition(share: 0.3, seed: 1).taken
    #expect(Self.dataset.partition(share: 0.3, seed: 1).taken == first)
    #expect(Self.dataset.partition(share: 0.3, seed: 2).taken != first)
    let plain = Self.dataset.partition(share: 0.3, seed: 1, isStratified: false).taken
    #expect(plain != first && plain.count == 30)
  }

  /// Each example is taken as often as the others, whatever its place: 2000 draws of a fifth give
  /// 400 +- 18 each, and 100 of them stay within five deviations.
  @Test(arguments: [true, false])
  func everyExampleHasTheSameChance(isStratified: Bool) {
    var counts = [Int](repeating: 0, count: 100)
    for seed in 0..<2000 {
      let taken = Self.dataset.partition(
        share: 0.2, seed: UInt64(seed), isStratified: isStratified
      ).taken
      for row in taken { counts[row] += 1 }
    }
    #expect(counts.allSatisfy { abs($0 - 400) < 90 }, "\(counts)")
  }

  @Test func rowsKeepTheirTargets() {
    let inputs = Dataset.Inputs.bytes([0, 1, 10, 11, 20, 21])
    func chosen(_ targets: Dataset.Targets) -> Dataset {
      Dataset(name: "test", inputs: inputs, targets: targets, features: 2).examples([2, 0])
    }
    let labels = chosen(.labels([0, 1, 1, 1, 1, 0], names: ["p", "q"]))
    guard case .labels(let holds, let names) = labels.targets,
      case .bytes(let bytes) = labels.inputs
    else {
      Issue.record("the kind has changed")
      return
    }
    #expect(bytes == [20, 21, 0, 1] && holds == [1, 0, 0, 1] && names == ["p", "q"])
    guard case .values(let values, _) = chosen(.values([1, 2, 3], names: ["y"])).targets else {
      Issue.record("the kind has changed")
      return
    }
    #expect(values == [3, 1])
    let coder = chosen(.inputs)
    #expect(coder.count == 2 && coder.outputs == 2)
  }
}
