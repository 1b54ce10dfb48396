import Lamina
import LaminaCheck
import LaminaReference
import Testing

/// What an operation says of its operands, against what the reference does with each byte of them.
@Suite struct OperationAccessTests {
  @Test(arguments: OperationKind.allCases)
  func samplesAreOfTheirKind(kind: OperationKind) throws {
    let samples = try kind.samples()
    #expect(!samples.isEmpty)
    for sample in samples { #expect(OperationKind(sample.operation) == kind) }
  }

  /// `lamina check` has cases of every kind.
  @Test func everyKindIsChecked() throws {
    let backend = ReferenceBackend()
    for group in CheckGroup.operations + [.products] {
      for check in [group.cases.first, group.cases.last] { _ = try check?.use.results(on: backend) }
    }
    for kind in OperationKind.allCases {
      let name = try kind.samples()[0].operation.name
      #expect(backend.calls.contains(name), "no group has a case of \(name)")
    }
  }

  /// Every operand that is written changes, and no other byte.
  @Test(arguments: OperationKind.allCases)
  func writesAreTheBytesThatChange(kind: OperationKind) throws {
    for sample in try kind.samples() {
      let (memory, operation) = (sample.memory, sample.operation)
      let before = memory.contents
      let after = memory.contents(after: operation, on: before)
      let written = Self.numbers(operation.writes, memory)
      for place in Self.differences(before, after) {
        #expect(written.contains(place), "\(operation.name) writes \(place)")
      }
      for access in operation.writes {
        let changed = Self.differences(before, after).intersection(Self.numbers([access], memory))
        #expect(!changed.isEmpty, "\(operation.name) leaves \(access.label) as it is")
      }
    }
  }

  /// Other numbers where nothing is read leave the same results.
  @Test(arguments: OperationKind.allCases)
  func nothingElseIsRead(kind: OperationKind) throws {
    for sample in try kind.samples() {
      let (memory, operation) = (sample.memory, sample.operation)
      let before = memory.contents
      let expected = memory.contents(after: operation, on: before)
      // What is not read: padding is zero by agreement, and integers and bytes are only read.
      let read = Self.numbers(operation.reads, memory)
      let padding = Self.padding(operation.accesses, memory)
      var other = before
      for (number, bytes) in before.enumerated() {
        for index in 0..<bytes.count / 4 {
          let place = Place(buffer: number, number: index)
          if !read.contains(place), !padding.contains(place) { other.perturb(place) }
        }
      }
      let actual = memory.contents(after: operation, on: other)
      let written = Self.numbers(operation.writes, memory)
      #expect(
        Self.differences(expected, actual).isDisjoint(with: written),
        "\(operation.name) reads more than it says")
    }
  }

  /// Other numbers in any operand that is read give other results.
  @Test(arguments: OperationKind.allCases)
  func everyReadMatters(kind: OperationKind) throws {
    for sample in try kind.samples() {
      let (memory, operation) = (sample.memory, sample.operation)
      let before = memory.contents
      let expected = memory.contents(after: operation, on: before)
      let written = Self.numbers(operation.writes, memory)
      for access in operation.reads where !sample.unused.contains(access.label) {
        var other = before
        other.perturb(access, memory)
        let actual = memory.contents(after: operation, on: other)
        #expect(
          !Self.differences(expected, actual).isDisjoint(with: written),
          "\(operation.name) has no use for \(access.label)")
      }
    }
  }

  /// A number of one part has no effect on what other parts write.
  @Test(arguments: OperationKind.allCases)
  func partsKeepToThemselves(kind: OperationKind) throws {
    for sample in try kind.samples() {
      let (memory, operation) = (sample.memory, sample.operation)
      let before = memory.contents
      let expected = memory.contents(after: operation, on: before)
      for access in operation.reads where access.division != .whole {
        for part in 0..<access.partCount {
          var other = before
          for number in access.numbers(of: part) {
            other.perturb(Place(buffer: memory.number(of: access), number: number))
          }
          let changed = Self.differences(
            expected, memory.contents(after: operation, on: other))
          for target in operation.writes where target.division != .whole {
            let own = Set(
              target.numbers(of: part).map {
                Place(buffer: memory.number(of: target), number: $0)
              })
            #expect(
              changed.intersection(Self.numbers([target], memory)).isSubset(of: own),
              "part \(part) of \(access.label) of \(operation.name) changes \(target.label)")
          }
        }
      }
    }
  }

  /// Four bytes of a buffer.
  struct Place: Hashable {
    let buffer: Int
    let number: Int
  }

  private static func numbers(
    _ accesses: [ReferenceAccess], _ memory: OperationMemory
  ) -> Set<Place> {
    Set(
      accesses.flatMap { access in
        access.numbers.map { Place(buffer: memory.number(of: access), number: $0) }
      })
  }

  private static func padding(
    _ accesses: [ReferenceAccess], _ memory: OperationMemory
  ) -> Set<Place> {
    let all = accesses.flatMap { access in
      (access.bytes.lowerBound / 4..<(access.bytes.upperBound + 3) / 4).map {
        Place(buffer: memory.number(of: access), number: $0)
      }
    }
    return Set(all).subtracting(numbers(accesses, memory))
  }

  private static func differences(_ a: [[UInt8]], _ b: [[UInt8]]) -> Set<Place> {
    var places: Set<Place> = []
    for (number, (a, b)) in zip(a, b).enumerated() {
      for index in a.indices where a[index] != b[index] {
        places.insert(Place(buffer: number, number: index / 4))
      }
    }
    return places
  }
}
