import Foundation
import Lamina
import LaminaData
import Testing

/// Model files store a description of the data, and match new data to it.
struct ModelDataTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/model.safetensors"
  }

  /// Two inputs of very different ranges and two targets.
  private static let table: [UInt8] = {
    let rows = (0..<20).map { "\($0 * $0);\($0);\(Double($0) * 1000 + 0.5);x\($0);-\($0)" }
    return Array((["y1;a;b;id;y2"] + rows).joined(separator: "\n").utf8)
  }()
  private static let options = DataOptions(
    targetColumns: ["y1", "y2"], ignoredColumns: ["id"], header: true, separator: .semicolon,
    validationShare: 0.25, testShare: 0.3, splitSeed: 9)

  private func model(_ data: LoadedData, _ options: DataOptions) -> Model {
    let split = data.split
    let description = NetworkDescription(
      inputs: split.train.features,
      layers: [.dense(outputs: split.train.outputs, activation: .identity)], loss: .quadratic,
      inputScaling: .standard(fitting: split.train),
      targetScaling: TargetScaling(fitting: split.train))
    return Model(
      description: description,
      parameters: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
      trainedOn: data, dataOptions: options)
  }

  @Test func regressionComesBackWithItsScalingsAndItsTestPart() throws {
    let data = try folder.write(Self.table, to: "t.csv")
    let loaded = try DataSource(data, options: Self.options).read()
    let split = loaded.split
    let written = model(loaded, Self.options)
    try written.write(to: path)
    let read = try Model(path: path)
    #expect(read == written)
    #expect(read.task == .regression && read.classNames == ["y1", "y2"])
    guard case .perFeature(_, let scales, _) = read.description.inputScaling else {
      Issue.record("the scaling is not one of each feature")
      return
    }
    #expect(abs(scales[0] / scales[1] - 1000) < 0.01)
    #expect(read.description.targetScaling?.means.count == 2)
    let test = try read.source(data).readTest().test
    #expect(test.numbers == split.test.numbers && test.values == split.test.values)
    try read.check(fits: test)
  }

  @Test func pathsOfPartsStayWithTheirData() throws {
    let train = try folder.write(Array("1,0,1\n2,1,1\n3,0,0\n4,1,0\n".utf8), to: "t.csv")
    let test = try folder.write(Array("1,0,1\n".utf8), to: "u.csv")
    let options = DataOptions(targetColumns: [2, 3], test: test)
    let model = model(try DataSource(train, options: options).read(), options)
    #expect(model.task == .multiLabel && model.dataOptions.test == nil)
    #expect(model.source("x").options == DataOptions(task: .multiLabel, targetColumns: [2, 3]))
  }

  @Test func labelsOfALabelFileStayTheTargets() throws {
    let text = """
      @relation r\n@attribute a numeric\n@attribute l {0,1}\n@attribute m {0,1}\n@data
      1,0,1\n2,1,1\n3,0,0\n4,1,0\n5,1,1\n
      """
    let data = try folder.write(Array(text.utf8), to: "t.arff")
    let labels = try folder.write(
      Array("<labels><label name=\"l\"/><label name=\"m\"/></labels>".utf8), to: "other.xml")
    let options = DataOptions(labelFile: labels)
    let loaded = try DataSource(data, options: options).read()
    let model = model(loaded, options)
    #expect(model.dataOptions.labelFile == nil)
    let again = try model.source(data).readTest().test
    #expect(again.targets.task == .multiLabel)
    #expect(again.numbers == loaded.split.test.numbers)
    try model.check(fits: again)
  }

  @Test func refusesTargetsThatMeanSomethingElse() throws {
    func dataset(_ targets: Dataset.Targets) -> Dataset {
      Dataset(name: "data", inputs: .floats([1]), targets: targets, features: 1)
    }
    func sentence(_ trained: Dataset.Targets, _ other: Dataset.Targets) -> String {
      let train = dataset(trained)
      let schema = DataSchema(
        columns: [], isNamed: false, targets: [], task: trained.task, outputs: trained.names,
        digest: "")
      let data = LoadedData(
        split: DatasetSplit(train: train, test: train), schema: schema, decisions: [])
      do { try model(data, DataOptions()).check(fits: dataset(other)) } catch {
        return error.description
      }
      return ""
    }
    let classes = Dataset.Targets.classes([0], classNames: ["a", "b"])
    #expect(sentence(classes, classes).isEmpty)
    #expect(
      sentence(classes, .classes([0], classNames: ["a", "c"]))
        .contains("output 1 of the model is b, but in data it is c"))
    #expect(
      sentence(classes, .labels([0, 1], names: ["a", "b"]))
        .contains("trained for classification, but the targets of data are for multi-label"))
    #expect(
      sentence(classes, .values([0, 1, 2], names: ["a", "b", "c"])).contains("has 3 targets"))
  }

  /// A model file restores the description of the training data, except what version 0.1 did not
  /// write.
  @Test func modelsOfEarlierVersionsAreReadWithANotice() throws {
    let data = try folder.write(Array("1,a\n2,b\n3,a\n4,b\n".utf8), to: "t.csv")
    let written = model(try DataSource(data).read(), DataOptions(task: .classification))
    #expect(written.notices.isEmpty && written.schema?.outputs == ["a", "b"])
    try written.write(to: path)
    #expect(try Model(path: path) == written)
    for version in [1, 2] {
      try rewriteNotes { notes in
        notes["version"] = version
        for name in ["schema", "decisions", "thresholds", "program"] { notes[name] = nil }
        if version == 1 { (notes["task"], notes["data"]) = (nil, nil) }
      }
      let read = try Model(path: path)
      #expect(read.task == .classification && read.classNames == ["a", "b"])
      #expect(read.schema == nil && read.thresholds == [0.5] && read.programVersion == nil)
      #expect(read.notices.count == 1 && read.notices[0].contains("was written by version 0.1"))
      #expect(read.parameters == written.parameters)
      // As in version 0.1, the data are split like the training data.
      #expect(try read.source(data).readTest().test.count == 1)
      try written.write(to: path)
    }
  }

  @Test(arguments: [
    ("schema", "schema and the network differ"), ("columns", "columns make 2 inputs"),
    ("thresholds", "2 thresholds, but needs one"),
  ])
  func refusesNotesThatDoNotFitTheNetwork(_ part: String, _ reason: String) throws {
    let data = try folder.write(Array("x,y\n1,a\n2,b\n3,a\n4,b\n".utf8), to: "t.csv")
    try model(try DataSource(data).read(), DataOptions()).write(to: path)
    try rewriteNotes { notes in
      var schema = try #require(notes["schema"] as? [String: Any])
      switch part {
      case "schema": schema["outputs"] = ["a", "c"]
      case "columns": schema["columns"] = [["name": "x"], ["name": "y"]]
      default: notes["thresholds"] = [0.5, 1.5]
      }
      notes["schema"] = schema
    }
    do {
      _ = try Model(path: path)
      Issue.record("the model was read")
    } catch { #expect(error.description.contains(reason), "\(error)") }
  }

  private func rewriteNotes(_ change: (inout [String: Any]) throws -> Void) throws {
    var file = try Safetensors(path: path)
    let text = try #require(file.metadata["lamina"])
    var notes = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    try change(&notes)
    let data = try JSONSerialization.data(withJSONObject: notes)
    file.metadata["lamina"] = String(decoding: data, as: UTF8.self)
    try file.write(to: path)
  }
}
