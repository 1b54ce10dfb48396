import Foundation
import Lamina
import Testing

@Suite struct FoldsTests {
  private struct Golden: Decodable {
    let kind: String
    let values: [Int]
    let folds: Int
    let expected: [Int]
  }

  /// `Tests/Golden/folds.py` makes the file.
  private static func golden() throws -> [Golden] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/folds.json")
    return try JSONDecoder().decode([Golden].self, from: Data(contentsOf: url))
  }

  @Test func foldsAreThoseOfScikitLearn() throws {
    let cases = try Self.golden()
    #expect(cases.count == 25)
    for golden in cases {
      // scikit-learn numbers groups in the order of their names.
      let names = Set(golden.values).sorted()
      let numbers = golden.values.map { names.firstIndex(of: $0) ?? 0 }
      let folds =
        switch golden.kind {
        case "plain": try Folds(of: golden.values.count, count: golden.folds)
        case "classes":
          try Folds(stratifying: golden.values.map { Int32($0) }, count: golden.folds)
        default: try Folds(keeping: numbers, count: golden.folds)
        }
      #expect(folds.foldOfExample == golden.expected, "\(golden)")
      for fold in 0..<golden.folds {
        let (train, test) = folds[fold]
        #expect((train + test).sorted() == Array(golden.values.indices))
      }
    }
  }

  @Test func refusesFoldsWithoutExamples() {
    #expect(throws: NetworkError.self) { try Folds(of: 5, count: 1) }
    #expect(throws: NetworkError.self) { try Folds(of: 5, count: 6) }
    #expect(throws: NetworkError.self) { try Folds(stratifying: [0, 0, 1, 1], count: 3) }
    #expect(throws: NetworkError.self) { try Folds(keeping: [0, 0, 1, 1], count: 3) }
  }
}
