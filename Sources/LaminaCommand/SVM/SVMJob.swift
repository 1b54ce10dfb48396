import Lamina
import LaminaData
import LaminaSVM
import LaminaText

/// The checked inputs for training or evaluating a support vector machine.
struct SVMJob {
  let data: DatasetSplit
  /// The meaning of the data: task, columns and classes.
  let schema: DataSchema
  /// The decisions about the data that no option made.
  let decisions: [DataDecision]
  /// The name that the user gave for the data.
  let dataName: String
  let options: SVMOptions
  let modelPath, loadedPath: String?
  /// The seconds for reading or generating the data.
  let dataSeconds: Double
  let isQuiet: Bool

  init(
    data: LoadedData, dataName: String, options: SVMOptions, modelPath: String?,
    loadedPath: String?, dataSeconds: Double, isQuiet: Bool
  ) throws {
    self.data = data.split
    schema = data.schema
    decisions = data.decisions
    self.dataName = dataName
    var options = options
    // Bytes are scaled as for networks. Other numbers stay as they are.
    if case .bytes = data.split.train.inputs { options.inputScaling = .signedUnit }
    try data.split.train.checkPrecision(under: options.inputScaling)
    self.options = options
    self.modelPath = modelPath
    self.loadedPath = loadedPath
    self.dataSeconds = dataSeconds
    self.isQuiet = isQuiet
  }
}

extension KernelFunction {
  /// The name and the parameters, such as `rbf, gamma 0.001`.
  var text: String {
    switch self {
    case .linear: "linear"
    case .polynomial(let degree, let gamma, let coef0):
      "polynomial, degree \(degree), gamma \(gamma), coef0 \(coef0)"
    case .rbf(let gamma): "rbf, gamma \(gamma)"
    case .sigmoid(let gamma, let coef0): "sigmoid, gamma \(gamma), coef0 \(coef0)"
    }
  }

  /// The name and the parameters for logs. Parameters that the kernel lacks are null.
  var json: JSON {
    switch self {
    case .linear: Self.json("linear")
    case .polynomial(let degree, let gamma, let coef0):
      Self.json("polynomial", degree: degree, gamma: gamma, coef0: coef0)
    case .rbf(let gamma): Self.json("rbf", gamma: gamma)
    case .sigmoid(let gamma, let coef0): Self.json("sigmoid", gamma: gamma, coef0: coef0)
    }
  }

  private static func json(
    _ name: String, degree: Int? = nil, gamma: Float? = nil, coef0: Float? = nil
  ) -> JSON {
    JSON(["kernel": name, "degree": degree, "gamma": gamma, "coef0": coef0])
  }
}
