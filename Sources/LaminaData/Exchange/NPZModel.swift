import Lamina

/// A model as numpy's arrays: each tensor by its name in PyTorch, the scaling of inputs and targets,
/// and the description of the network.
struct NPZModel {
  private let model: Model

  init(_ model: Model) { self.model = model }

  /// The archive.
  func bytes() throws(ExportProblem) -> [UInt8] {
    let network = model.description
    var archive = ZIPWriter()
    for (tensor, values) in zip(network.parameterTensors, model.parameters.tensors) {
      Self.add(values, shape: tensor.shape, named: tensor.name, to: &archive)
    }
    let features = 0..<network.inputs
    let scaling = network.inputScaling
    Self.add(features.map { scaling.center(of: $0) }, named: "input_scaling.centers", to: &archive)
    Self.add(
      features.map { scaling.scale(of: $0) }, shape: [network.inputs],
      named: "input_scaling.scales", to: &archive)
    Self.add(
      features.map { scaling.offset(of: $0) }, shape: [network.inputs],
      named: "input_scaling.offsets", to: &archive)
    if let targets = network.targetScaling {
      Self.add(targets.means, named: "target_scaling.means", to: &archive)
      Self.add(targets.deviations, named: "target_scaling.deviations", to: &archive)
    }
    let notes = Array(model.notes.utf8)
    archive.add("lamina.npy", NPYHeader.bytes(type: "|u1", shape: [notes.count]) + notes)
    return try archive.finished()
  }

  private static func add(
    _ values: [Float], shape: [Int], named name: String, to archive: inout ZIPWriter
  ) {
    let bytes = memoryBytes(of: values)
    archive.add("\(name).npy", NPYHeader.bytes(type: "<f4", shape: shape) + bytes)
  }

  private static func add(_ values: [Double], named name: String, to archive: inout ZIPWriter) {
    let bytes = memoryBytes(of: values)
    archive.add("\(name).npy", NPYHeader.bytes(type: "<f8", shape: [values.count]) + bytes)
  }
}
