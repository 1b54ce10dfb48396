/// A reason why a safetensors file is not a usable model.
public enum ModelProblem: Error, Equatable, CustomStringConvertible {
  /// The metadata do not describe a network.
  case noNotes
  /// The description of the network is invalid.
  case notes(reason: String)
  /// The file was written by a newer program.
  case newerVersion(found: Int, newest: Int)
  /// A tensor of the network is missing.
  case missingTensor(String)
  /// A tensor does not belong to the network.
  case unknownTensor(String)
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
        + "only models written by lamina are supported"
    case .notes(let reason): "the description of the network cannot be used: \(reason)"
    case .newerVersion(let found, let newest):
      "the model has format version \(found), but this program reads versions up to \(newest)"
    case .missingTensor(let name): "the tensor \(name) is missing"
    case .unknownTensor(let name): "the tensor \(name) does not belong to the network described"
    case .shape(let tensor, let found, let wanted):
      "\(tensor) has the shape \(found), but the network described needs \(wanted)"
    case .parameters(let reason): reason
    case .notFinite(let tensor, let index, let value):
      "\(tensor) has the value \(value) at index \(index), but weights must be finite"
    }
  }
}
