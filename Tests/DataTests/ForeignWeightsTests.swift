import Lamina
import LaminaData
import Testing

/// Models whose tensors another program wrote: other types of numbers, other names, more tensors.
struct ForeignWeightsTests {
  private let folder: TemporaryFolder
  private let path: String

  private static let network = NetworkDescription(
    inputs: 2,
    layers: [
      .dense(outputs: 3, activation: .relu), .batchNormalization(),
      .dense(outputs: 3, activation: .relu), .dense(outputs: 2, activation: .identity),
    ], loss: .softmaxCrossEntropy())

  private static let model = Model(
    description: network,
    parameters: NetworkParameters(
      tensors: network.parameterTensors.enumerated().map { tensor, shape in
        // Halves and brain floats hold these numbers exactly.
        (0..<shape.count).map { Float(tensor) + Float($0) / 4 }
      }), classNames: ["a", "b"])

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/m.safetensors"
  }

  /// Writes the model's tensors as another type, behind further entries of the header.
  private func write(
    _ type: String, more: String = "", data: [UInt8] = [], names: (String) -> String = { $0 },
    _ bytes: (Float) -> [UInt8]
  ) throws {
    try Self.model.write(to: path)
    let file = try Safetensors(path: path)
    var (entries, content) = (more, data)
    for tensor in file.tensors {
      let start = content.count
      content += tensor.values.flatMap(bytes)
      entries +=
        "\"\(names(tensor.name))\":{\"dtype\":\"\(type)\",\"shape\":\(tensor.shape),"
        + "\"data_offsets\":[\(start),\(content.count)]},"
    }
    let notes = (file.metadata["lamina"] ?? "").replacing("\\", with: "\\\\")
      .replacing("\"", with: "\\\"")
    var header = Array("{\(entries)\"__metadata__\":{\"lamina\":\"\(notes)\"}}".utf8)
    // Python's writer makes a multiple of 8 of it; others do not.
    if header.count % 2 == 0 { header.append(UInt8(ascii: " ")) }
    try folder.write(littleEndian(UInt64(header.count)) + header + content, to: "m.safetensors")
  }

  @Test func everyTypeOfFloatsIsRead() throws {
    try write("F64") { littleEndian(Double($0).bitPattern) }
    #expect(try Model(path: path) == Self.model)
    try write("F16") { littleEndian(Float16($0).bitPattern) }
    #expect(try Model(path: path) == Self.model)
    try write("BF16") { littleEndian(UInt16($0.bitPattern >> 16)) }
    #expect(try Model(path: path) == Self.model)
  }

  /// The extremes of each type, by their bits.
  @Test(
    arguments: [
      ("F16", [0x00, 0x3c, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x80], [1, 65504, 0x1p-24, -0.0]),
      ("BF16", [0x80, 0x3f, 0x7f, 0x7f, 0x01, 0x00], [1, 0x1.fep127, 0x1p-133]),
      ("F64", [0, 0, 0, 0, 0, 0, 0xf0, 0xbf], [-1]),
      // Half a unit above 1 rounds to the even neighbour.
      ("F64", [0, 0, 0, 0x10, 0, 0, 0xf0, 0x3f], [1]),
    ] as [(String, [UInt8], [Float])])
  func numbersKeepTheirValue(type: String, bytes: [UInt8], values: [Float]) throws {
    let header = Array(
      "{\"x\":{\"dtype\":\"\(type)\",\"shape\":[\(values.count)],\"data_offsets\":[0,\(bytes.count)]}}"
        .utf8)
    try folder.write(littleEndian(UInt64(header.count)) + header + bytes, to: "m.safetensors")
    let read = try #require(try Safetensors(path: path)["x"])
    #expect(read.values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func numbersBeyondTheRangeAreRefusedWhereTheyAreNeeded() throws {
    try write("F64") { littleEndian(($0 == 0.25 ? 1e300 : Double($0)).bitPattern) }
    expectProblem("layers.0.weight has the value 1e+300 at index 1, which exceeds the range")
    // Nobody needs the tensor that is too much.
    try write(
      "F32", more: #""big":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"#,
      data: littleEndian(1e300.bitPattern)
    ) { littleEndian($0.bitPattern) }
    let read = try Model(path: path)
    #expect(read.parameters == Self.model.parameters)
    #expect(read.notices.first == "tensors that the network has no use for are ignored: big")
  }

  @Test func wholeNumbersAreNoWeights() throws {
    try write("I32") { littleEndian(Int32($0)) }
    expectProblem("layers.0.weight has elements of type I32, but only F32, F64, F16 and BF16")
    try write(
      "F32",
      more: #""layers.1.num_batches_tracked":{"dtype":"I64","shape":[],"#
        + #""data_offsets":[0,8]},"void":{"dtype":"F32","shape":[0,3],"data_offsets":[8,8]},"#,
      data: littleEndian(Int64(7))
    ) { littleEndian($0.bitPattern) }
    let read = try Model(path: path)
    #expect(read.parameters == Self.model.parameters)
    // PyTorch's count of batches is worth no word.
    #expect(read.notices.first == "tensors that the network has no use for are ignored: void")
  }

  /// Names of `nn.Sequential` with activations between the layers, and of modules.
  @Test(arguments: [
    ["0", "2", "10", "12"], ["net.layers.0", "net.layers.2", "net.layers.3", "net.layers.11"],
    ["layers.0", "layers.2", "layers.3", "layers.5"], ["fc1", "norm", "fc2", "out"],
    ["blocks.1.linear", "bn", "blocks.2.linear", "head"],
  ])
  func modulesAreFoundByShapesAndNumbers(names: [String]) throws {
    try write("F32", names: { Self.renamed($0, names) }) { littleEndian($0.bitPattern) }
    let read = try Model(path: path)
    #expect(read.parameters == Self.model.parameters)
    #expect(read.notices.first?.contains("layers.1 is \(names[1])") == true, "\(read.notices)")
  }

  private static func renamed(_ name: String, _ names: [String]) -> String {
    let parts = name.split(separator: ".")
    return "\(names[Int(parts[1]) ?? 0]).\(parts[2])"
  }

  @Test func namesDecideWhereShapesDoNot() throws {
    let network = NetworkDescription(
      inputs: 2,
      layers: [
        .dense(outputs: 2, activation: .relu), .dense(outputs: 2, activation: .identity),
      ], loss: .softmaxCrossEntropy())
    let model = Model(
      description: network,
      parameters: NetworkParameters(tensors: [[1, 2, 3, 4], [5, 6], [7, 8, 9, 10], [11, 12]]))
    try model.write(to: path)
    var file = try Safetensors(path: path)
    for index in file.tensors.indices {
      file.tensors[index].name.replace("layers.0", with: "hidden")
      file.tensors[index].name.replace("layers.1", with: "answer")
    }
    try file.write(to: path)
    expectProblem("layers.0, layers.1 could be answer, hidden, whose names do not tell the order")
    let read = try Model(path: path, weightNames: ["hidden", "answer"])
    #expect(read.parameters == model.parameters)
    expectProblem("1 names are given, but the network has 2 layers", names: ["hidden"])
    expectProblem("the file has no layer \"hiden\"", names: ["hiden", "answer"])
    expectProblem("\"hidden\" is given twice", names: ["hidden", "hidden"])
  }

  @Test func aLayerOfAnotherShapeIsNamed() throws {
    try write("F32", names: { Self.renamed($0, ["fc1", "bn", "fc2", "out"]) }) {
      littleEndian($0.bitPattern)
    }
    var file = try Safetensors(path: path)
    file.tensors.removeAll { $0.name.hasPrefix("bn.running") }
    try file.write(to: path)
    expectProblem(
      "no layer of the file has the shapes of layers.1 (bias [3], running_mean [3], "
        + "running_var [3], weight [3]); it has fc1 (bias [3], weight [3, 2]), bn (bias [3]")
  }

  @Test func aFileWithoutMetadataSaysHowToKeepThem() throws {
    try Self.model.write(to: path)
    var file = try Safetensors(path: path)
    file.metadata = [:]
    try file.write(to: path)
    expectProblem("keep the metadata of the model that it loaded, with save_file(tensors, path, ")
    expectProblem("lamina train --initial-model with --hidden and --activation")
    file.metadata = ["lamina_svm": "{}"]
    try file.write(to: path)
    expectProblem("this is a support vector machine and not a network")
  }

  private func expectProblem(
    _ text: String, names: [String]? = nil, at place: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: DataError.self, sourceLocation: place) {
      try Model(path: path, weightNames: names)
    }
    let sentence = error?.description ?? ""
    #expect(sentence.contains(text), "\(sentence)", sourceLocation: place)
    #expect(sentence.hasPrefix(path), "\(sentence)", sourceLocation: place)
  }
}
