package import Lamina

/// A network with the batch size that it is trained with.
package struct NetworkRow: Sendable {
  /// From the inputs to the outputs.
  package let sizes: [Int]
  package let batchSize: Int

  package init(sizes: [Int], batchSize: Int) {
    self.sizes = sizes
    self.batchSize = batchSize
  }

  /// The networks that the project's targets name, from launches that cost more than their work
  /// to products that fill a machine.
  package static let table = [
    NetworkRow(sizes: [784, 128, 64, 10], batchSize: 64),
    NetworkRow(sizes: [784, 16, 10], batchSize: 32),
    NetworkRow(sizes: [784, 512, 512, 10], batchSize: 128),
    NetworkRow(sizes: [784, 1024, 1024, 10], batchSize: 512),
  ]
  /// The smallest and the largest network of several hidden layers.
  package static let kernelTable = [table[0], table[3]]

  /// As messages show it.
  package var title: String { "\(description.name), batch \(batchSize)" }

  /// A classifier of byte images.
  package var description: NetworkDescription {
    .classifier(
      inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: .relu,
      classes: sizes[sizes.count - 1], inputScaling: .signedUnit)
  }

  /// The rule that the peers train with too.
  package static let rule = SGD(learningRate: 0.01, momentum: 0.9)
}
