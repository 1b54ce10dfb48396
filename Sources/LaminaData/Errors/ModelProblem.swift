/// A reason why a safetensors file is not a usable model.
public enum ModelProblem: Error, Equatable, CustomStringConvertible {
  /// The metadata do not describe a network.
  case noNotes
  /// The file holds a support vector machine.
  case supportVectorMachine
  /// The description of the network is invalid.
  case notes(reason: String)
  /// The file was written by a newer program.
  case newerVersion(found: Int, newest: Int)
  /// A tensor of the network is missing.
  case missingTensor(String)
  /// No layer of the file has the shapes of a layer of the network.
  case noLayer(wanted: String, found: String)
  /// Several layers of the file could be these layers of the network.
  case ambiguousLayers(layers: [String], candidates: [String])
  /// The given names of layers are wrong.
  case weightNames(reason: String)
  /// A tensor that is needed cannot be read.
  case tensor(SafetensorsProblem)
  /// The shape of a tensor differs from the one that the network needs.
  case shape(tensor: String, found: [Int], wanted: [Int])
  /// The values of the tensors are invalid for the network.
  case parameters(reason: String)
  /// A value is infinite or NaN.
  case notFinite(tensor: String, index: Int, value: String)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .noNotes:
      "the metadata have no description of a network under \"lamina\"; "
        + "if PyTorch saved it, keep the metadata of the model that it loaded, with "
        + "save_file(tensors, path, metadata=metadata), or describe the network to "
        + "lamina train --initial-model with --hidden and --activation"
    case .supportVectorMachine:
      "this is a support vector machine and not a network; lamina svm --load evaluates it"
    case .notes(let reason): "the description of the network cannot be used: \(reason)"
    case .newerVersion(let found, let newest):
      "the model has format version \(found), but this program reads versions up to \(newest)"
    case .missingTensor(let name): "the tensor \(name) is missing"
    case .noLayer(let wanted, let found):
      "no layer of the file has the shapes of \(wanted); it has \(found)"
    case .ambiguousLayers(let layers, let candidates):
      "\(layers.joined(separator: ", ")) could be \(candidates.joined(separator: ", ")), whose "
        + "names do not tell the order; name the file's layers in the order of the network with "
        + "lamina train --initial-model and --weight-names"
    case .weightNames(let reason): "--weight-names does not fit: \(reason)"
    case .tensor(let problem): problem.description
    case .shape(let tensor, let found, let wanted):
      "\(tensor) has the shape \(found), but the network described needs \(wanted)"
    case .parameters(let reason): reason
    case .notFinite(let tensor, let index, let value):
      "\(tensor) has the value \(value) at index \(index), but weights must be finite"
    }
  }
}
