import Foundation
import Lamina
import LaminaData
import Testing

/// Models as files for other programs. `make test-exchange` runs such files by those programs.
struct ExportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func model(
    _ layers: [Layer], loss: Loss = .softmaxCrossEntropy(), task: DataTask = .classification,
    inputs: InputScaling = .identity, targets: TargetScaling? = nil
  ) -> Model {
    let description = NetworkDescription(
      inputs: 2, layers: layers, loss: loss, inputScaling: inputs, targetScaling: targets)
    let parameters = NetworkParameters(for: description, initialization: .pyTorch, seed: 3)
    return Model(
      description: description, parameters: parameters, classNames: ["ä", "\"b\""], task: task)
  }

  private static let output = Layer.dense(outputs: 2, activation: .identity)

  /// The file of ONNX as its fields.
  private func onnx(_ model: Model, isSingle: Bool = false) throws -> ProtobufFields {
    try model.writeONNX(to: "\(folder.path)/m.onnx", isSingle: isSingle)
    return try #require(ProtobufFields(try folder.read("m.onnx")))
  }

  /// The operators in the order of the nodes.
  private func operators(_ model: Model) throws -> [String] {
    let graph = try #require(try onnx(model).messages(7).first)
    return graph.messages(1).flatMap { $0.texts(4) }
  }

  @Test func theFileTellsItsVersionsAndItsEnds() throws {
    let model = Self.model([Self.output])
    let file = try onnx(model)
    #expect(file.numbers(1) == [8] && file.texts(2) == ["lamina"])
    #expect(file.messages(8).map { $0.numbers(2) } == [[17]])
    let notes = file.messages(14).map { "\($0.texts(1)[0])=\($0.texts(2)[0])" }
    #expect(
      notes == [
        "task=classification", "meaning=probabilities", #"outputs=["ä","\"b\""]"#,
      ])
    let graph = try #require(file.messages(7).first)
    for (field, name) in [(11, "inputs"), (12, "outputs")] {
      let end = try #require(graph.messages(field).first)
      #expect(end.texts(1) == [name])
      let tensor = try #require(end.messages(2).first?.messages(1).first)
      #expect(tensor.numbers(1) == [1], "32-bit floats")
      let dimensions = tensor.messages(2).flatMap { $0.messages(1) }
      #expect(dimensions.map { $0.texts(2) } == [["batch"], []])
      #expect(dimensions.map { $0.numbers(1) } == [[], [2]])
    }
  }

  @Test func constantsAreTheTensors() throws {
    let model = Self.model([.dense(outputs: 3, activation: .tanh), Self.output])
    let graph = try #require(try onnx(model).messages(7).first)
    let constants = graph.messages(5)
    #expect(
      constants.map { $0.texts(8)[0] } == [
        "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias",
      ])
    #expect(constants.map { $0.numbers(1) } == [[3, 2], [3], [2, 3], [2]])
    for (constant, values) in zip(constants, model.parameters.tensors) {
      #expect(constant.numbers(2) == [1])
      #expect(Array(constant.contents(9)[0]) == values.flatMap { littleEndian($0.bitPattern) })
    }
    // Each node reads what the input, a constant or an earlier node gave.
    var known = Set(["inputs"] + constants.map { $0.texts(8)[0] })
    for node in graph.messages(1) {
      #expect(node.texts(1).allSatisfy(known.contains), "\(node.texts(1))")
      known.formUnion(node.texts(2))
    }
    #expect(known.contains("outputs"))
  }

  @Test func layersAreOperators() throws {
    let layers: [Layer] = [
      .batchNormalization(), .maxout(outputs: 2, pieces: 2), .dropout(rate: 0.5),
      .residual([.layerNormalization(), .activation(.relu)]), Self.output,
    ]
    #expect(
      try operators(Self.model(layers)) == [
        "BatchNormalization", "Gemm", "Reshape", "ReduceMax", "LayerNormalization", "Relu", "Add",
        "Gemm", "Softmax", "Identity",
      ])
  }

  /// The first column passes, and the second names a row of a table with a row of zeros behind it.
  @Test func embeddingsGatherRows() throws {
    let column = EmbeddedColumn(categories: 3, width: 4)
    let model = Self.model([.embedding([column]), Self.output])
    #expect(
      try operators(model).filter { $0 != "Identity" } == [
        "Slice", "Slice", "GreaterOrEqual", "Floor", "Equal", "Less", "And", "And", "Where", "Cast",
        "Squeeze", "Gather", "Concat", "Gemm", "Softmax",
      ])
    let constants = try #require(try onnx(model).messages(7).first).messages(5)
    let table = try #require(
      constants.first { $0.texts(8) == ["layers.0.embeddings.0.weight"] })
    #expect(table.numbers(1) == [4, 4])
    let values = model.parameters.tensors[0] + [0, 0, 0, 0]
    #expect(Array(table.contents(9)[0]) == values.flatMap { littleEndian($0.bitPattern) })
    let code = PyTorchCode(model, path: "m.safetensors").text
    #expect(code.contains("Embedding((3, 4)),\n"))
    #expect(code.contains("class Embedding(nn.Module):"))
  }

  @Test(arguments: Activation.allCases) func everyActivationIsWritten(activation: Activation) throws
  {
    guard activation.isElementwise else { return }
    let plain = try operators(Self.model([Self.output, Self.output]))
    let more = try operators(
      Self.model([.dense(outputs: 2, activation: activation), Self.output]))
    #expect(activation == .identity ? plain == more : plain.count < more.count)
  }

  /// Outputs mean what `lamina predict` writes, for each task.
  @Test func tasksHaveTheirEnds() throws {
    func ends(_ model: Model) throws -> [String] { Array(try operators(model).dropFirst()) }
    #expect(try ends(Self.model([Self.output])) == ["Softmax", "Identity"])
    let labels = { loss in Self.model([Self.output], loss: loss, task: .multiLabel) }
    #expect(try ends(labels(.logisticCrossEntropy)) == ["Sigmoid", "Identity"])
    #expect(try ends(labels(.perceptron)) == ["GreaterOrEqual", "Cast", "Identity"])
    let numbers = Self.model(
      [Self.output], loss: .squaredError, task: .regression,
      targets: TargetScaling(means: [1e9, 0], deviations: [2, 3]))
    #expect(try ends(numbers) == ["Cast", "Mul", "Add", "Identity"])
    let probabilities = Self.model(
      [.dense(outputs: 2, activation: .softmax)], loss: .squaredError)
    #expect(try ends(probabilities) == ["Softmax", "Identity"])
  }

  /// Centres are subtracted in 64 bits; on request, the ends have 32 bits all the same.
  @Test func centresNeedWideInputs() throws {
    let scaling = InputScaling.perFeature(centers: [1e9, 0], scales: [1, 2], offsets: [0, 0.5])
    let model = Self.model([Self.output], inputs: scaling)
    #expect(try operators(model).prefix(4) == ["Sub", "Cast", "Mul", "Add"])
    func type(_ file: ProtobufFields) -> [Int] {
      file.messages(7)[0].messages(11)[0].messages(2)[0].messages(1)[0].numbers(1)
    }
    #expect(try type(onnx(model)) == [11])
    let single = try onnx(model, isSingle: true)
    #expect(type(single) == [1])
    #expect(single.messages(7)[0].messages(1)[0].texts(4) == ["Cast"])
  }

  @Test func theSameModelIsTheSameFile() throws {
    let model = Self.model([Self.output], targets: nil)
    for name in ["m.onnx", "m.npz"] {
      func write() throws -> [UInt8] {
        try model.writeONNX(to: "\(folder.path)/m.onnx")
        try model.writeNPZ(to: "\(folder.path)/m.npz")
        return try folder.read(name)
      }
      #expect(try write() == write())
    }
    #expect(try folder.names == ["m.npz", "m.onnx"])
  }

  @Test func anImpossiblePlaceIsAnError() {
    #expect(throws: DataError.self) {
      try Self.model([Self.output]).writeNPZ(to: "\(folder.path)/none/m.npz")
    }
  }
}
