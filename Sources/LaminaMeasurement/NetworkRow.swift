package import Lamina

/// A network and the batch size of its training.
package struct NetworkRow: Sendable {
  /// The layer sizes, from the inputs to the outputs.
  package let sizes: [Int]
  package let batchSize: Int

  package init(sizes: [Int], batchSize: Int) {
    self.sizes = sizes
    self.batchSize = batchSize
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

  /// The name and the batch size, for messages.
  package var title: String { "\(description.name), batch \(batchSize)" }

  /// A classifier of byte images.
  package var description: NetworkDescription {
    .classifier(
      inputs: sizes[0], hidden: Array(sizes.dropFirst().dropLast()), activation: .relu,
      classes: sizes[sizes.count - 1], inputScaling: .signedUnit)
  }

  /// The update rule, the same as in the comparisons with other libraries.
  package static let rule = SGD(learningRate: 0.01, momentum: 0.9)
}
