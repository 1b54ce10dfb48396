/// Why a safetensors file is not a model that can be used.
public enum ModelProblem: Error, Equatable, CustomStringConvertible {
  /// The metadata do not describe a network.
  case noNotes
  /// The description of the network cannot be used.
  case notes(reason: String)
  /// The file was written by a newer program.
  case newerVersion(found: Int, newest: Int)
  /// A tensor of the network is not there.
  case missingTensor(String)
  /// A tensor does not belong to the network.
  case unknownTensor(String)
  /// A tensor has another shape than the network needs.
  case shape(tensor: String, found: [Int], wanted: [Int])
  /// Values that are not of use to the network.
  case parameters(reason: String)
  /// A value is infinite or no number.
  case notFinite(tensor: String, index: Int, value: String)

  /// The problem, without the path.
  public var description: String {
    switch self {
    case .noNotes:
      "the metadata have no description of a network under \"lamina\"; "
        + "only models that lamina has written are read"
    case .notes(let reason): "the description of the network cannot be used: \(reason)"
    case .newerVersion(let found, let newest):
      "the model has format version \(found), and this program reads versions up to \(newest)"
    case .missingTensor(let name): "the tensor \(name) is missing"
    case .unknownTensor(let name): "the tensor \(name) does not belong to the network described"
    case .shape(let tensor, let found, let wanted):
      "\(tensor) has the shape \(found), and the network described needs \(wanted)"
    case .parameters(let reason): reason
    case .notFinite(let tensor, let index, let value):
      "\(tensor) has the value \(value) at index \(index), and only finite weights are of use"
    }
  }
}
