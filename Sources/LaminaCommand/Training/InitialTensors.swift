import Lamina
import LaminaConfiguration
import LaminaData

/// Where a training starts: at a model, or at the tensors of another program for a network that the
/// options describe.
enum InitialWeights {
  case model(InitialModel)
  case tensors(InitialTensors)

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: A safetensors file.
  ///   - names: The names of the file's layers in the order of the network.
  ///   - arguments: The options that may describe the network.
  init(path: String, names: LayerNames?, _ arguments: NetworkArguments) throws {
    let file = try Safetensors(path: path)
    guard file.isForeign, arguments.hidden != nil else {
      let model = try Model(file, path: path, weightNames: names?.names)
      self = .model(InitialModel(path: path, model: model))
      return
    }
    self = .tensors(try InitialTensors(path: path, file: file, names: names, arguments))
  }

  /// The model; nil if there are tensors alone.
  var model: InitialModel? {
    if case .model(let model) = self { model } else { nil }
  }
}

/// Tensors of a file without a description of their network.
struct InitialTensors {
  private let path: String
  private let file: Safetensors
  private let names: LayerNames?

  /// Refuses options that leave a part of the network open, or that would have no effect.
  fileprivate init(
    path: String, file: Safetensors, names: LayerNames?, _ arguments: NetworkArguments
  ) throws(InputError) {
    (self.path, self.file, self.names) = (path, file, names)
    if arguments.activation == nil, arguments.hidden?.needsActivation == true {
      throw InputError(
        "--activation is missing: \(path) does not tell what follows its layers, and --hidden names "
          + "no activation for one of them")
    }
    try arguments.refuseInitialization(path)
  }

  /// The parameters of the network that options and data describe.
  func parameters(of network: NetworkDescription) throws -> NetworkParameters {
    do throws(ModelProblem) {
      let found = try file.parameters(of: network, names: names?.names)
      for notice in found.notices { Notice.warn("\(path): \(notice)") }
      return found.parameters
    } catch {
      throw DataError.model(path: path, error)
    }
  }

  /// Tells of a scaling that nobody asked for, since the file does not say what its weights expect.
  func tellScaling(_ network: NetworkDescription, _ reading: DataArguments?) {
    if reading?.scaling == nil, network.inputScaling != .identity {
      Notice.warn(
        "\(path) does not tell the scaling of its inputs, and they are scaled by the training part; "
          + "--scaling none leaves them as they are")
    }
    if reading?.targetScaling == nil, network.targetScaling != nil {
      Notice.warn(
        "\(path) does not tell the scaling of its outputs, and the targets are standardised; "
          + "--no-target-scaling leaves them as they are")
    }
  }
}

extension NetworkArguments {
  /// Refuses rules for initial parameters, which the file has.
  func refuseInitialization(_ path: String) throws(InputError) {
    let given = [
      ("--initialization", initialization?.description), ("--bias", bias?.description),
    ]
    for case (let option, let value?) in given {
      throw InputError(
        "\(option) \(value) has no effect with --initial-model, because \(path) has the initial "
          + "parameters; omit \(option)")
    }
  }
}

/// The names of layers in a file of another program, written as `fc1,norm,fc2`.
struct LayerNames: OptionValue, CustomStringConvertible {
  let description: String
  let names: [String]

  init(parsing text: String) throws {
    description = text
    names = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " })
    }
    guard !names.contains("") else {
      throw TextError("give names of layers, separated by commas, such as fc1,norm,fc2")
    }
  }
}
