import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaMeasurement

/// The options that describe a network by its layers, and the data that it is for.
struct LayerOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The network: the number of inputs, the hidden layers as `lamina train --hidden` takes them, \
      and the number of outputs, such as 784,128,dropout(0.2),10. (default: a set of typical \
      networks)
      """, valueName: "layers"),
    transform: NetworkLayers.init(parsing:))
  var network: NetworkLayers?

  @Option(
    help: ArgumentHelp(
      """
      The stored inputs: bytes, as of images, which are scaled to -1...1; or floats. (default: \
      bytes for classes, otherwise floats)
      """, valueName: "bytes|floats"))
  var inputs: StoredKind?

  /// The network that the options name, or those of the table, to be trained as told.
  func checkedRows(_ training: NetworkTrainingOptions) throws -> [NetworkRow] {
    try checkedRows(
      loss: training.loss, batchSize: training.batchSize, optimizer: training.rule())
  }

  /// The same without any training.
  func checkedRows(batchSize: Int?) throws -> [NetworkRow] {
    try checkedRows(loss: .softmaxCrossEntropy(), batchSize: batchSize, optimizer: .sgd(SGD()))
  }

  private func checkedRows(
    loss: Loss, batchSize: Int?, optimizer: Optimizer
  ) throws -> [NetworkRow] {
    let table = NetworkRow.table.map { (NetworkLayers(sizes: $0.sizes), $0.batchSize) }
    var wanted = table
    if let network { wanted = [table.first { $0.0 == network } ?? (network, 64)] }
    let rows = wanted.map { layers, usual in
      NetworkRow(
        description(layers, loss), batchSize: batchSize ?? usual, optimizer: optimizer)
    }
    try rows.check()
    return rows
  }

  private func description(_ network: NetworkLayers, _ loss: Loss) -> NetworkDescription {
    let kind = inputs ?? (loss.targetsAreClasses ? .bytes : .floats)
    return NetworkDescription(
      inputs: network.inputs, layers: network.layers, loss: loss, reduction: loss.usualReduction,
      inputScaling: kind == .bytes ? .signedUnit : .identity)
  }
}

/// The options that say how a network is trained.
struct NetworkTrainingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Examples per step. (default: that of the typical network with these sizes, or 64)")
  var batchSize: Int?

  @Option(
    help: ArgumentHelp(
      """
      \(Loss.help). It decides whether the targets are classes, labels or numbers.
      """, valueName: "name"),
    transform: Loss.init(parsing:))
  var loss = Loss.softmaxCrossEntropy()

  @Option(
    parsing: .unconditional, help: ArgumentHelp(OptimizerChoice.help, valueName: "name"),
    transform: OptimizerChoice.init(parsing:))
  var optimizer = OptimizerChoice.sgd

  @Option(
    parsing: .unconditional,
    help: "The learning rate. (default: \(OptimizerChoice.learningRates))")
  var learningRate: Float?

  @Option(
    parsing: .unconditional,
    help: """
      The share of the previous step that the next one keeps. \
      (default: \(OptimizerChoice.momenta))
      """)
  var momentum: Float?

  func validate() throws {
    try Self.check(batchSize: batchSize)
    _ = try rule()
  }

  func rule() throws(TextError) -> Optimizer {
    try optimizer.optimizer(learningRate: learningRate, momentum: momentum)
  }
}

/// How the inputs of generated data are stored.
enum StoredKind: String, ExpressibleByArgument { case bytes, floats }

extension Loss {
  /// True if the targets of generated data are classes.
  fileprivate var targetsAreClasses: Bool {
    switch self {
    case .softmaxCrossEntropy, .negativeLogLikelihood, .klDivergence: true
    default: false
    }
  }
}
