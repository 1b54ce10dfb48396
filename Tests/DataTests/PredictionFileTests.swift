import Foundation
import Lamina
import Testing

@testable import LaminaData

/// The content of files of predictions, and when they appear.
struct PredictionFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func model(
    _ task: DataTask, _ loss: Loss, names: [String], inputs: Int = 1,
    targetScaling: TargetScaling? = nil
  ) -> Model {
    let outputs = task == .autoEncoding ? inputs : names.count * loss.outputsPerTarget
    let description = NetworkDescription(
      inputs: inputs,
      layers: [
        .dense(outputs: outputs, activation: .identity)
      ],
      loss: loss, targetScaling: targetScaling)
    return Model(
      description: description,
      parameters: NetworkParameters(for: description, initialization: .pyTorch, seed: 1),
      classNames: names, task: task)
  }

  /// The content of a file that is written in two blocks.
  private func content(
    _ model: Model, _ blocks: [[Float]], kept: [String: [[String]]] = [:],
    probabilities: Bool = false,
    _ format: PredictionFormat = .csv
  ) throws -> [UInt8] {
    let names = kept.keys.sorted()
    let layout = try PredictionLayout(model, keeping: names, tellsProbabilities: probabilities)
    let path = "\(folder.path)/out"
    let file = try PredictionFile(path: path, format, layout)
    for (number, block) in blocks.enumerated() {
      try file.append(block, keeping: names.map { TextColumn(kept[$0]?[number] ?? []) })
    }
    #expect(!FileManager.default.fileExists(atPath: path), "the file appears when it is complete")
    try file.finish()
    #expect(try folder.names == ["out"])
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try folder.read("out")
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func classes() throws {
    let classes = model(.classification, .softmaxCrossEntropy(), names: ["no", "a,\"b\""])
    let blocks: [[Float]] = [[1, 0, 0, 1], [0, 0]]
    let kept = ["id": [["007", " x"], ["l1\nl2"]]]
    #expect(
      text(try content(classes, blocks, kept: kept))
        == "id,prediction\n007,no\n\" x\",\"a,\"\"b\"\"\"\n\"l1\nl2\",no\n")
    let csv = text(try content(classes, [[0, 0]], probabilities: true))
    #expect(
      csv == "prediction,probability_no,\"probability_a,\"\"b\"\"\"\nno,0.5,0.5\n")
    let json = text(try content(classes, blocks, kept: kept, .jsonl))
    let lines = try json.split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
    }
    #expect(lines[0] == ["id": "007", "prediction": "no"])
    #expect(lines[1] == ["id": " x", "prediction": "a,\"b\""])
    #expect(lines[2]?["id"] == "l1\nl2")
    #expect(
      text(try content(classes, [[0, 0]], probabilities: true, .jsonl))
        == "{\"prediction\":\"no\",\"probabilities\":{\"no\":0.5,\"a,\\\"b\\\"\":0.5}}\n")
  }

  @Test func labels() throws {
    let labels = model(.multiLabel, .logisticCrossEntropy, names: ["x", "y"])
    let csv = text(try content(labels, [[1, -1, 0, 5]], probabilities: true))
    // 1 / (1 + 1/e), 1 / (1 + e), 1 / 2 and 1 / (1 + e^-5); one half is not above the threshold.
    #expect(
      csv == """
        prediction_x,prediction_y,probability_x,probability_y
        1,0,0.7310586,0.26894143
        0,1,0.5,0.9933072

        """)
    #expect(
      text(try content(labels, [[1, -1]], .jsonl))
        == "{\"prediction\":{\"x\":true,\"y\":false}}\n")
  }

  @Test func numbers() throws {
    let one = model(.regression, .quadratic, names: ["price"])
    #expect(text(try content(one, [[0.1, 1e9], [.nan]])) == "prediction\n0.1\n1e+09\nnan\n")
    #expect(
      text(try content(one, [[0.1, .infinity]], .jsonl))
        == "{\"prediction\":0.1}\n{\"prediction\":null}\n")
    let scaled = model(
      .regression, .quadratic, names: ["a", "b"],
      targetScaling: TargetScaling(means: [1.7e9, 0], deviations: [2, 1]))
    #expect(
      text(try content(scaled, [[0.5, 0.25]])) == "prediction_a,prediction_b\n1700000001.0,0.25\n")
    #expect(
      text(try content(scaled, [[0.5, 0.25]], .jsonl))
        == "{\"prediction\":{\"a\":1700000001.0,\"b\":0.25}}\n")
  }

  private func array(_ bytes: [UInt8]) throws -> NPYArray { try NPYArray(bytes, name: "x") }

  @Test func arrays() throws {
    let classes = model(.classification, .softmaxCrossEntropy(), names: ["no", "größer"])
    let names = try array(try content(classes, [[1, 0], [0, 1]], .npy))
    guard case .texts(let texts) = names.elements else {
      Issue.record("texts expected")
      return
    }
    #expect(names.shape == [2] && texts == ["no", "größer"])
    let shares = try array(try content(classes, [[0, 0], [0, 0]], probabilities: true, .npy))
    guard case .floats(let floats) = shares.elements else {
      Issue.record("floats expected")
      return
    }
    #expect(shares.shape == [2, 2] && floats == [0.5, 0.5, 0.5, 0.5])
    let numbers = try array(
      try content(
        model(.regression, .quadratic, names: ["a", "b"]), [[1, 2, 3, 4], [5, 6]], .npy))
    guard case .doubles(let doubles) = numbers.elements else {
      Issue.record("doubles expected")
      return
    }
    #expect(numbers.shape == [3, 2] && doubles == [1, 2, 3, 4, 5, 6])
    let labels = try array(
      try content(model(.multiLabel, .logisticCrossEntropy, names: ["a", "b"]), [[1, -1]], .npy))
    #expect(labels.shape == [1, 2])
  }

  @Test func everyQuantileHasItsColumn() throws {
    let one = model(
      .regression, .quantile(levels: [0.1, 0.9]), names: ["y"],
      targetScaling: TargetScaling(means: [10], deviations: [2]))
    // The second row crosses, and is put in order.
    let outputs: [[Float]] = [[-1, 1], [2, -3]]
    #expect(
      text(try content(one, outputs)) == "prediction_0.1,prediction_0.9\n8.0,12.0\n4.0,14.0\n")
    #expect(
      text(try content(one, [outputs[0]], .jsonl))
        == "{\"prediction\":{\"0.1\":8.0,\"0.9\":12.0}}\n")
    let two = model(.regression, .quantile(levels: [0.25, 0.75]), names: ["a", "b"])
    #expect(
      text(try content(two, [[1, 2, 3, 4]]))
        == "prediction_a_0.25,prediction_b_0.25,prediction_a_0.75,prediction_b_0.75\n"
        + "1.0,2.0,3.0,4.0\n")
    // Quantiles with one that is no number are left as they are.
    #expect(
      text(try content(one, [[3, .nan]])) == "prediction_0.1,prediction_0.9\n16.0,nan\n")
    let numbers = try array(try content(two, [[3, 2, 1, 4]], .npy))
    guard case .doubles(let doubles) = numbers.elements else {
      Issue.record("doubles expected")
      return
    }
    #expect(numbers.shape == [1, 4] && doubles == [1, 2, 3, 4])
  }

  @Test func meansHaveTheirSpread() throws {
    let scaling = TargetScaling(means: [10], deviations: [2])
    let one = model(
      .regression, .gaussianLikelihood(epsilon: 0.25), names: ["y"], targetScaling: scaling)
    // A variance of 1, and one below epsilon: the spread is its root times the deviation.
    #expect(
      text(try content(one, [[0.5, 0], [1, -100]])) == "prediction,spread\n11.0,2.0\n12.0,1.0\n")
    #expect(text(try content(one, [[0.5, 0]], .jsonl)) == "{\"prediction\":11.0,\"spread\":2.0}\n")
    let two = model(.regression, .gaussianLikelihood(), names: ["a", "b"])
    #expect(
      text(try content(two, [[1, 2, 0, 0]], .jsonl))
        == "{\"prediction\":{\"a\":1.0,\"b\":2.0},\"spread\":{\"a\":1.0,\"b\":1.0}}\n")
  }

  @Test func countsArePowers() throws {
    let counts = model(.regression, .poisson, names: ["y"])
    #expect(text(try content(counts, [[0, 1]])) == "prediction\n1.0\n2.7182817\n")
  }

  @Test func autoEncodersGiveTheirInputsBack() throws {
    let coder = model(.autoEncoding, .quadratic, names: [], inputs: 2)
    #expect(text(try content(coder, [[0.5, 2]])) == "prediction_0,prediction_1\n0.5,2.0\n")
  }

  @Test func aFileThatIsNotFinishedLeavesTheOldOne() throws {
    try folder.write([1], to: "out")
    let layout = try PredictionLayout(
      model(.regression, .quadratic, names: ["y"]), keeping: [], tellsProbabilities: false)
    do {
      let file = try PredictionFile(path: "\(folder.path)/out", .csv, layout)
      try file.append([1, 2, 3], keeping: [])
    }
    #expect(try folder.names == ["out"])
    #expect(try folder.read("out") == [1])
  }

  @Test func refusesWhatHasNoPlace() throws {
    let number = model(.regression, .quadratic, names: ["y"])
    #expect(throws: PredictionError.noProbabilities(reason: "it predicts numbers")) {
      try PredictionLayout(number, keeping: [], tellsProbabilities: true)
    }
    #expect(throws: PredictionError.nameTwice("prediction")) {
      try PredictionLayout(number, keeping: ["prediction"], tellsProbabilities: false)
    }
    let layout = try PredictionLayout(number, keeping: ["id"], tellsProbabilities: false)
    #expect(throws: PredictionError.keptInArray) {
      try PredictionFile(path: "\(folder.path)/x.npy", .npy, layout)
    }
    let plain = try PredictionLayout(number, keeping: [], tellsProbabilities: false)
    #expect(throws: PredictionError.arrayInPipe) {
      try PredictionFile(path: PredictionFile.standardOutput, .npy, plain)
    }
    #expect(throws: DataError.self) {
      try PredictionFile(path: "\(folder.path)/missing/x.csv", .csv, plain)
    }
    #expect(try folder.names == [])
  }
}
