import Lamina
import LaminaData
import Testing

/// The examples with which a model is measured, and their match with its schema.
struct EvaluationDataTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ rows: [String], _ name: String) throws -> String {
    try folder.write(Array((["x,kind"] + rows).joined(separator: "\n").utf8), to: name)
  }

  private static let rows = (0..<30).map { "\($0),\(["b", "a", "c"][$0 % 3])" }

  @Test func theTrainingSetGivesItsTestPart() throws {
    let path = try write(Self.rows, "t.csv")
    let options = DataOptions(testShare: 0.3, splitSeed: 4)
    let trained = try DataSource(path, options: options).read()
    #expect(trained.schema.testShare == 0.3)
    let again = try DataSource(path, options: options, schema: trained.schema).readTest()
    #expect(again.test.numbers == trained.split.test.numbers && again.test.count == 9)
    // The same examples in another file are the same training set.
    let copy = try write(Self.rows, "copy.csv")
    #expect(
      try DataSource(copy, options: options, schema: trained.schema).readTest().test.count == 9)
  }

  /// The path of the training set as the test part asks for all of it.
  @Test func theTrainingSetIsMeasuredWholeWhereItIsNamed() throws {
    let path = try write(Self.rows, "t.csv")
    let trained = try DataSource(path).read()
    let options = DataOptions(test: path)
    let (test, decisions) = try DataSource(path, options: options, schema: trained.schema)
      .readTest()
    #expect(test.count == 30)
    #expect(decisions.contains { $0.text.contains("the model was trained on most of the 30") })
  }

  @Test func anyOtherFileIsMeasuredWhole() throws {
    let trained = try DataSource(try write(Self.rows, "t.csv")).read()
    // Classes come from the model: `c` does not occur, and the first row is a `b`.
    let other = try write(["1,b", "2,a", "3,b"], "new.csv")
    let (test, decisions) = try DataSource(other, schema: trained.schema).readTest()
    #expect(test.targets.names == ["a", "b", "c"] && test.labels == [1, 0, 1])
    #expect(
      decisions.contains { $0.text.contains("is not the training set: all 3 examples") })
    // A single class is not an error, but an unknown class is.
    let alone = try write(["1,c"], "alone.csv")
    #expect(try DataSource(alone, schema: trained.schema).readTest().test.labels == [2])
    let unknown = try write(["1,b", "2,d"], "unknown.csv")
    let error = #expect(throws: DataError.self) {
      try DataSource(unknown, schema: trained.schema).readTest()
    }
    #expect(
      error?.description.contains("line 3 has the class \"d\", but only these are known: a, b, c")
        == true)
    let part = DataOptions(test: other)
    #expect(
      try DataSource(folder.path + "/t.csv", options: part, schema: trained.schema)
        .readTest().test.count == 3)
  }

  @Test func aTrainingSetWithoutATestPartIsSaidToBeOne() throws {
    let path = try write(Self.rows, "t.csv")
    let options = DataOptions(test: try write(["1,b", "2,a"], "test.csv"))
    let trained = try DataSource(path, options: options).read()
    #expect(trained.schema.testShare == nil)
    let (test, decisions) = try DataSource(path, schema: trained.schema).readTest()
    #expect(test.count == 30)
    #expect(decisions.contains { $0.text.contains("the model was trained on all 30 measured") })
  }

  /// IDX files, built-in data and pictures have class names too.
  @Test func classesOfOtherKindsOfDataAreMatchedByName() throws {
    func schema(_ outputs: [String]) -> DataSchema {
      DataSchema(
        columns: [], isNamed: false, targets: [], task: .classification, outputs: outputs,
        digest: "")
    }
    let blobs = try DataSource("blobs", schema: schema(["zero", "two", "three", "one"])).readTest()
    let own = try DataSource("blobs").load().test
    #expect(blobs.test.labels == own.labels.map { [3, 1, 2][Int($0)] })
    #expect(throws: DataError.self) {
      try DataSource("blobs", schema: schema(["one", "two"])).readTest()
    }
    #expect(throws: DataError.self) {
      try DataSource("line", schema: schema(["one", "two"])).readTest()
    }
  }

  /// A model of a table can be measured on arrays, whose inputs have no names, and vice versa.
  @Test func otherKindsOfDataAreMatchedByPlaceAndSaidToBe() throws {
    let table = try write(Self.rows, "t.csv")
    func npy(_ type: String, _ shape: String, _ bytes: [UInt8]) -> [UInt8] {
      NumpyFiles.npy("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape)}", bytes)
    }
    let arrays = try folder.write(
      NumpyFiles.zip([
        ("x.npy", npy("|i1", "(8, 1)", (1...8).map { $0 })),
        ("y.npy", npy("|S1", "(8,)", Array("babababa".utf8))),
      ]), to: "a.npz")
    let options = DataOptions(targetColumns: ["kind"], separator: .comma)
    let trained = try DataSource(table, options: options).read()
    let new = try DataSource(arrays, options: options, schema: trained.schema).readTest()
    #expect(new.test.labels == [1, 0, 1, 0, 1, 0, 1, 0])
    #expect(new.decisions.contains { $0.text.contains("matched by position with x") })
    let array = try DataSource(arrays).read()
    let two = try write(["1,b", "2,a"], "two.csv")
    let back = try DataSource(two, schema: array.schema).readTest()
    #expect(back.decisions.contains { $0.text.hasPrefix("the model has no names of inputs") })
    // Options cannot override what the model determines, so there is no remedy.
    #expect(!back.decisions.contains { $0.remedy != nil })
  }

  @Test func otherUnitsAreTold() throws {
    func npy(_ type: String, _ bytes: [UInt8]) -> [UInt8] {
      NumpyFiles.npy("{'descr': '\(type)', 'fortran_order': False, 'shape': (4, 2, 2)}", bytes)
    }
    let labels = NumpyFiles.npy(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (4,)}", [0, 1, 0, 1])
    func write(_ x: [UInt8], _ name: String) throws -> String {
      try folder.write(NumpyFiles.zip([("x.npy", x), ("y.npy", labels)]), to: name)
    }
    let pixels = try write(npy("|u1", (0..<16).map { $0 }), "p.npz")
    let numbers = try write(npy("|i1", (0..<16).map { $0 + 1 }), "n.npz")
    for (trained, other) in [(pixels, numbers), (numbers, pixels)] {
      let schema = try DataSource(trained, options: DataOptions(testShare: 0.5)).read().schema
      let decisions = try DataSource(other, schema: schema).readTest().decisions
      #expect(decisions.contains { $0.subject == "units" }, "\(decisions)")
      let own = try DataSource(trained, schema: schema).readTest().decisions
      #expect(!own.contains { $0.subject == "units" })
    }
  }

  /// Numbers are taken as in the file, and scaled from there.
  @Test func numbersKeepWhatFloatsWouldLose() throws {
    let rows = (0..<40).map { "\(1_700_000_000 + $0),\(1_650_000_000.25 + Double($0))" }
    let data = try DataSource(try write(rows, "t.csv")).read()
    #expect(data.schema.task == .regression)
    let train = data.split.train
    #expect(Set(train.numbers).count == 32 && Set(train.values).count == 32)
    let scaled = train.scaledInputs(by: .standard(fitting: train))
    #expect(Set(scaled).count == 32)
    #expect(throws: NetworkError.self) { try train.checkPrecision(under: .identity) }
  }
}
