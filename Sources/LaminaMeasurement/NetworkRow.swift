package import Lamina

/// A network with the batch size and the optimiser of its training.
package struct NetworkRow: Sendable {
  package let description: NetworkDescription
  package let batchSize: Int
  package let optimizer: Optimizer

  /// A network, to be trained with the optimiser of the project's targets unless told otherwise.
  package init(
    _ description: NetworkDescription, batchSize: Int, optimizer: Optimizer = .sgd(rule)
  ) {
    self.description = description
    self.batchSize = batchSize
    self.optimizer = optimizer
  }

  /// A classifier of byte images, whose layers have these sizes, inputs first.
  package init(sizes: [Int], batchSize: Int) {
    self.init(
      .classifier(
        inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: .relu,
        classes: sizes[sizes.count - 1], inputScaling: .signedUnit),
      batchSize: batchSize)
  }

  /// The networks of the project's targets. In the smallest, launches cost more than their work; in
  /// the largest, products use the whole machine.
  package static let table = [
    NetworkRow(sizes: [784, 128, 64, 10], batchSize: 64),
    NetworkRow(sizes: [784, 16, 10], batchSize: 32),
    NetworkRow(sizes: [784, 512, 512, 10], batchSize: 128),
    NetworkRow(sizes: [784, 1024, 1024, 10], batchSize: 512),
  ]
  /// The smallest and the largest network with several hidden layers.
  package static let kernelTable = [table[0], table[3]]

  /// The number of inputs, then that of outputs of each layer that has a number of its own.
  package var sizes: [Int] {
    var sizes = [description.inputs]
    for layer in description.layers {
      switch layer {
      case .dense(let outputs, _), .maxout(let outputs, _): sizes.append(outputs)
      default: break
      }
    }
    return sizes
  }

  /// The layers as options write them, such as `784, 128, dropout(0.2), 10`.
  package var layers: String {
    (["\(description.inputs)"] + description.layers.map(\.name)).joined(separator: ", ")
  }

  /// The bytes of the stored inputs of an example.
  package var inputByteCount: Int {
    description.inputs * (description.inputScaling == .signedUnit ? 1 : 4)
  }

  /// The name, the batch size and the optimiser unless it is the usual one, for messages.
  package var title: String {
    let optimizer = optimizer == .sgd(Self.rule) ? "" : ", \(optimizer.name)"
    return "\(description.name), batch \(batchSize)\(optimizer)"
  }

  /// The update rule, the same as in the comparisons with other libraries.
  package static let rule = SGD(learningRate: 0.01, momentum: 0.9)
}
