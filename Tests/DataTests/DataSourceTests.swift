import Foundation
import Lamina
import LaminaData
import Testing

struct DataSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let table = Array((0..<50).map { "\($0),\($0 % 5)" }.joined(separator: "\n").utf8)

  @Test func dividesInThree() throws {
    let path = try folder.write(Self.table, to: "t.csv")
    let options = DataOptions(validationShare: 0.25, testShare: 0.2)
    let split = try DataSource(path, options: options).load()
    let validation = try #require(split.validation)
    #expect(split.test.classCounts == [2, 2, 2, 2, 2])
    #expect(validation.classCounts == [2, 2, 2, 2, 2])
    #expect(split.train.classCounts == [6, 6, 6, 6, 6])
    let all = split.train.numbers + validation.numbers + split.test.numbers
    #expect(all.sorted() == (0..<50).map { Double($0) })
    #expect(split.train.numbers == split.train.numbers.sorted())
    let again = try DataSource(path, options: options).load()
    #expect(again.test.numbers == split.test.numbers)
    var other = options
    other.splitSeed = 2
    #expect(try DataSource(path, options: other).load().test.numbers != split.test.numbers)
  }

  @Test(arguments: [
    ("set-train.csv", "set-test.csv"), ("train.tsv", "test.tsv"), ("a.tra", "a.tes"),
    ("a.data", "a.test"), ("a_train.csv.gz", "a_test.csv.gz"), ("train.csv", "val.csv"),
  ])
  func findsPartsInAFolder(train: String, test: String) throws {
    try folder.write(Array("1,a\n2,b\n".utf8), to: train)
    try folder.write(Array("3,b\n".utf8), to: test)
    try folder.write(Array("read me".utf8), to: "README.txt")
    let split = try DataSource(folder.path).load()
    #expect(split.train.numbers == [1, 2])
    #expect(split.test.numbers == [3])
    #expect(split.validation == nil)
  }

  @Test func findsThreePartsInAFolder() throws {
    try folder.write(Array("1,a\n2,b\n".utf8), to: "train.csv")
    try folder.write(Array("3,b\n".utf8), to: "valid.csv")
    try folder.write(Array("4,b\n".utf8), to: "test.csv")
    let split = try DataSource(folder.path).load()
    #expect(split.validation?.numbers == [3])
    #expect(split.test.numbers == [4])
    let error = #expect(throws: DataError.self) {
      try DataSource(folder.path, options: DataOptions(validationShare: 0.5)).load()
    }
    #expect(error?.description.contains("there is already a validation part") == true)
    let named = #expect(throws: DataError.self) {
      try DataSource(folder.path, options: DataOptions(test: "x.csv")).load()
    }
    #expect(named?.description.contains("the option test cannot be used here") == true)
  }

  @Test func findsTheOnlyTable() throws {
    try folder.write(Self.table, to: "all.dat")
    let split = try DataSource(folder.path).load()
    #expect(split.train.count == 40 && split.test.count == 10)
    try folder.write(Self.table, to: "more.dat")
    #expect(
      throws: DataError.source(path: folder.path, .ambiguous(found: ["all.dat", "more.dat"]))
    ) { try DataSource(folder.path).load() }
  }

  @Test func readsIDXAndDigits() throws {
    try folder.write(idx([4, 2, 2], (0..<16).map { $0 }), to: "train-images-idx3-ubyte")
    try folder.write(idx([4], [1, 0, 1, 0]), to: "train-labels-idx1-ubyte")
    try folder.write(idx([1, 2, 2], [1, 2, 3, 4]), to: "test-images-idx3-ubyte")
    try folder.write(idx([1], [1]), to: "test-labels-idx1-ubyte")
    let split = try DataSource(folder.path).load()
    #expect(split.train.labels == [1, 0, 1, 0])
    let divided = try DataSource(
      folder.path, options: DataOptions(validationShare: 0.25)
    ).load()
    #expect(divided.train.count == 3 && divided.validation?.count == 1)
    let coder = try DataSource(folder.path, options: DataOptions(task: .autoEncoding)).load()
    #expect(coder.train.outputs == 4)
    for options in [
      DataOptions(header: true), DataOptions(task: .regression), DataOptions(test: "x"),
      DataOptions(testShare: 0.5), DataOptions(targetColumns: ["x"]),
    ] {
      #expect(throws: DataError.self) { try DataSource(folder.path, options: options).load() }
    }
  }

  @Test func drawsTheDigits() throws {
    let split = try DataSource("digits").load()
    let same = DatasetSplit.digits(seed: 1, trainCount: 10, testCount: 1)
    #expect(Array(split.train.pixels.prefix(7840)) == same.train.pixels)
    #expect(split.train.count == 20_000 && split.test.count == 4_000)
    for options in [
      DataOptions(header: true), DataOptions(task: .regression), DataOptions(labelFile: "x"),
    ] {
      #expect(throws: DataError.self) { try DataSource("digits", options: options).load() }
    }
  }

  @Test func refusesWhatIsNoDataSet() throws {
    func words(_ path: String) -> String {
      do { return "\(try DataSource(path).load())" } catch { return "\(error)" }
    }
    #expect(words("").contains("is not the name of a file"))
    #expect(words("/nonexistent").contains("No such file"))
    #expect(words("/dev/null").contains("is not a regular file"))
    #expect(words(folder.path).contains("the folder contains no data set"))
    let image = try folder.write(idx([1], [1]), to: "labels")
    #expect(words(image).contains("this is an IDX file; give the folder"))
    let picture = try folder.write(PictureFiles.grey.bytes, to: "a.png")
    #expect(words(picture).contains("this is a PNG picture; give the folder"))
    let one = try folder.write(Array("1,0.5\n".utf8), to: "one.csv")
    #expect(words(one).contains("1 example is too few to split: the test part would be empty"))
  }

  @Test func optionsHaveKeys() throws {
    let text = """
      {"task":"multi_label","target-columns":["a",-1],"ignored-columns":[3],"weight-column":"w","header":false,\
      "separator":"blanks","encoding":"latin1","decimal":"comma","thousands":"point",\
      "index-column":"keep","label-file":"l.xml","resize":{"height":2,"width":3},"validation":"v","test":"t",\
      "group-column":"g","missing":"flag","category-columns":["c"],"dates":"linear","date-order":"day_first",\
      "embedding-above":9,"embedding-width":4,"validation-share":0.1,"test-share":0.3,"split-seed":7,"stratify":false}
      """
    let options = try JSONDecoder().decode(DataOptions.self, from: Data(text.utf8))
    var wanted = DataOptions(
      task: .multiLabel, targetColumns: ["a", -1], ignoredColumns: [3], weightColumn: "w",
      header: false, separator: .blanks, encoding: TextEncoding("latin1"), decimal: .comma,
      thousands: .point, indexColumn: .keep, labelFile: "l.xml",
      resize: ImageSize(height: 2, width: 3), validation: "v", test: "t",
      validationShare: 0.1, testShare: 0.3, splitSeed: 7, stratify: false)
    wanted.groupColumn = "g"
    wanted.missing = .flag
    wanted.categoryColumns = ["c"]
    wanted.dates = .linear
    wanted.dateOrder = .dayFirst
    (wanted.embeddingAbove, wanted.embeddingWidth) = (9, 4)
    #expect(options == wanted)
    let again = try JSONDecoder().decode(
      DataOptions.self, from: try JSONEncoder().encode(options))
    #expect(again == options)
    #expect(try JSONDecoder().decode(DataOptions.self, from: Data("{}".utf8)) == DataOptions())
    #expect(DataOptions.CodingKeys.allCases.allSatisfy { text.contains("\"\($0.rawValue)\":") })
  }
}
