import Lamina
import LaminaData
import Testing

struct ModelFileTests {
  private let folder: TemporaryFolder
  private let path: String

  private static let sample = Model(
    description: .classifier(
      inputs: 6, hidden: [3], activation: .tanh, classes: 2, inputScaling: .signedUnit),
    parameters: NetworkParameters(tensors: [
      (0..<18).map { Float($0) / 7 }, [0.1, -0.2, 0.3], [1, 2, 3, 4, 5, 6], [-1, 1e-30],
    ]),
    classNames: ["cat \"Tom\"", "χ"], imageSize: ImageSize(height: 2, width: 3))

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/model.safetensors"
  }

  /// Changes the file of the sample and reads it as a model.
  private func readChanged(_ change: (inout Safetensors) -> Void) throws {
    try Self.sample.write(to: path)
    var file = try Safetensors(path: path)
    change(&file)
    try file.write(to: path)
    _ = try Model(path: path)
  }

  private func expectProblem(
    _ text: String, _ change: (inout Safetensors) -> Void,
    at place: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: DataError.self, sourceLocation: place) { try readChanged(change) }
    let sentence = error?.description ?? ""
    #expect(sentence.contains(text), "\(sentence)", sourceLocation: place)
    #expect(sentence.hasPrefix(path), "\(sentence)", sourceLocation: place)
  }

  @Test func comesBackAsItWas() throws {
    try Self.sample.write(to: path)
    #expect(try Model(path: path) == Self.sample)
    #expect(try folder.names == ["model.safetensors"])
  }

  /// Every kind of layer, including nested ones.
  private static let deep: Model = {
    let description = NetworkDescription(
      inputs: 6,
      layers: [
        .batchNormalization(momentum: 0.25, epsilon: 1e-3), .maxout(outputs: 4, pieces: 3),
        .residual([
          .layerNormalization(epsilon: 0.01), .activation(.relu), .dropout(rate: 0.5),
          .dense(outputs: 4, activation: .identity), .batchNormalization(),
        ]),
        .dense(outputs: 2, activation: .identity),
      ], loss: .softmaxCrossEntropy())
    var parameters = NetworkParameters(for: description, initialization: .pyTorch, seed: 5)
    for tensor in parameters.tensors.indices {
      for index in parameters.tensors[tensor].indices {
        parameters.tensors[tensor][index] += Float(tensor) + Float(index) / 8
      }
    }
    return Model(description: description, parameters: parameters, classNames: ["a", "b"])
  }()

  @Test func tablesComeBackAsTheyWere() throws {
    let description = NetworkDescription(
      inputs: 3,
      layers: [
        .embedding([
          EmbeddedColumn(categories: 4, width: 2), EmbeddedColumn(categories: 3, width: 5),
        ]), .dense(outputs: 2, activation: .identity),
      ], loss: .softmaxCrossEntropy())
    let model = Model(
      description: description,
      parameters: NetworkParameters(for: description, initialization: .pyTorch, seed: 5),
      classNames: ["a", "b"])
    try model.write(to: path)
    #expect(try Model(path: path) == model)
    #expect(
      try Safetensors(path: path).tensors.map { "\($0.name) \($0.shape)" } == [
        "layers.0.embeddings.0.weight [4, 2]", "layers.0.embeddings.1.weight [3, 5]",
        "layers.1.weight [2, 8]", "layers.1.bias [2]",
      ])
  }

  @Test func everyLayerComesBackAsItWas() throws {
    try Self.deep.write(to: path)
    #expect(try Model(path: path) == Self.deep)
    // The names and shapes that PyTorch's `load_state_dict` expects for the same modules.
    #expect(
      try Safetensors(path: path).tensors.map { "\($0.name) \($0.shape)" } == [
        "layers.0.weight [6]", "layers.0.bias [6]", "layers.0.running_mean [6]",
        "layers.0.running_var [6]", "layers.1.weight [12, 6]", "layers.1.bias [12]",
        "layers.2.layers.0.weight [4]", "layers.2.layers.0.bias [4]",
        "layers.2.layers.3.weight [4, 4]", "layers.2.layers.3.bias [4]",
        "layers.2.layers.4.weight [4]", "layers.2.layers.4.bias [4]",
        "layers.2.layers.4.running_mean [4]", "layers.2.layers.4.running_var [4]",
        "layers.3.weight [2, 4]", "layers.3.bias [2]",
      ])
  }

  @Test func refusesNegativeVariances() throws {
    try Self.deep.write(to: path)
    var file = try Safetensors(path: path)
    file.tensors[3].values[2] = -0.5
    try file.write(to: path)
    let error = #expect(throws: DataError.self) { try Model(path: path) }
    #expect(
      error?.description.contains(
        "a variance in layers.0.running_var is -0.5; it must be 0 or more") == true)
  }

  @Test func isTheSameBytesEachTime() throws {
    try Self.sample.write(to: path)
    let first = try folder.read("model.safetensors")
    try Self.sample.write(to: path)
    #expect(try folder.read("model.safetensors") == first)
  }

  @Test func hasTheNamesAndShapesOfPyTorch() throws {
    try Self.sample.write(to: path)
    let tensors = try Safetensors(path: path).tensors
    #expect(
      tensors.map(\.name) == [
        "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias",
      ])
    #expect(tensors.map(\.shape) == [[3, 6], [3], [2, 3], [2]])
  }

  @Test func refusesFilesThatAreNoModels() {
    expectProblem("no description of a network") { $0.metadata["lamina"] = nil }
    expectProblem("not JSON") { $0.metadata["lamina"] = "{" }
    expectProblem("\"version\" is missing") { $0.metadata["lamina"] = "{}" }
    expectProblem("\"network\" is missing") { $0.metadata["lamina"] = "{\"version\":1}" }
    expectProblem("format version 4, but this program reads versions up to 3") {
      $0.metadata["lamina"] = "{\"version\":4,\"something\":[]}"
    }
  }

  /// Lamina 0.1 wrote dense layers without their kind.
  @Test func readsVersion1() throws {
    try Self.sample.write(to: path)
    var file = try Safetensors(path: path)
    file.metadata["lamina"] = """
      {"classes":["cat \\"Tom\\"","χ"],"image":{"height":2,"width":3},"network":{"inputs":6,\
      "inputScaling":{"offset":-1,"scale":0.007843137718737125},"layers":[{"activation":"tanh",\
      "outputs":3},{"activation":"identity","outputs":2}],"loss":"softmax_cross_entropy",\
      "reduction":"mean"},"version":1}
      """
    try file.write(to: path)
    var expected = Self.sample
    expected.programVersion = nil
    #expect(try Model(path: path) == expected)
  }

  @Test(arguments: [
    ("\"inputs\":6", "\"inputs\":\"6\"", "\"network.inputs\" is of the wrong type"),
    ("\"inputs\":6", "\"inputs\":0", "pixels for 0 inputs"),
    ("\"inputs\":6", "\"inputs\":9223372036854775807", "an image of 2 x 3 pixels"),
    ("\"tanh\"", "\"swish\"", "\"network.layers.Index 0.activation\" has an unknown"),
    ("\"height\":2", "\"height\":-2", "an image of -2 x 3 pixels"),
    ("[\"cat \\\"Tom\\\"\",\"χ\"]", "[\"one\"]", "1 class names for 2 outputs"),
    ("\"outputs\":3", "\"outputs\":4", "layers.0.weight has the shape [3, 6]"),
  ])
  func refusesDescriptionsThatDoNotFit(_ old: String, _ new: String, _ text: String) {
    expectProblem(text) { file in
      let notes = file.metadata["lamina"] ?? ""
      #expect(notes.contains(old), "\(notes)")
      file.metadata["lamina"] = notes.split(separator: old, omittingEmptySubsequences: false)
        .joined(separator: new)
    }
  }

  @Test func refusesTensorsThatDoNotFit() {
    expectProblem("the tensor layers.1.bias is missing") { $0.tensors.removeLast() }
    expectProblem("layers.0.weight has the shape [6, 3]") { $0.tensors[0].shape = [6, 3] }
    expectProblem("layers.1.weight has the value nan at index 2") {
      $0.tensors[2].values[2] = .nan
    }
    expectProblem("layers.0.bias has the value -inf at index 1") {
      $0.tensors[1].values[1] = -.infinity
    }
  }

  @Test func saysWhereItDoesNotFitData() {
    func data(features: Int, classes: Int, size: ImageSize? = nil) -> Dataset {
      Dataset(
        name: "data", inputs: .bytes([UInt8](repeating: 0, count: features)),
        targets: .classes(
          [0], classNames: (Self.sample.classNames + ["more"]).prefix(classes).map(\.self)),
        features: features, imageSize: size)
    }
    func sentence(_ dataset: Dataset) -> String {
      do { try Self.sample.check(fits: dataset) } catch { return error.description }
      return ""
    }
    #expect(sentence(data(features: 6, classes: 2)).isEmpty)
    #expect(
      sentence(data(features: 5, classes: 2)) == "the model 6-3-2 takes 6 inputs, but data has 5")
    #expect(
      sentence(data(features: 6, classes: 3))
        == "the model 6-3-2 has 2 outputs, but data has 3 classes")
    #expect(
      sentence(data(features: 6, classes: 2, size: ImageSize(height: 3, width: 2)))
        == "the model takes images of 2 x 3 pixels, but those of data have 3 x 2")
  }
}
