public import Lamina

/// A network with its parameters and what is known of the data that it is for.
public struct Model: Sendable, Equatable {
  /// The shape.
  public var description: NetworkDescription
  /// The weights and biases.
  public var parameters: NetworkParameters
  /// What each output stands for; empty where the network does not name classes.
  public var classNames: [String]
  /// The size of its inputs where these are pictures.
  public var imageSize: ImageSize?

  /// Puts a model together.
  public init(
    description: NetworkDescription, parameters: NetworkParameters, classNames: [String] = [],
    imageSize: ImageSize? = nil
  ) {
    self.description = description
    self.parameters = parameters
    self.classNames = classNames
    self.imageSize = imageSize
  }

  /// Refuses data of another shape than the network was trained with.
  public func check(fits dataset: Dataset) throws(NetworkError) {
    guard description.inputs == dataset.features else {
      throw .mismatch(
        "the model \(description.name) takes \(description.inputs) inputs, "
          + "and \(dataset.name) has \(dataset.features)")
    }
    if let imageSize, let other = dataset.imageSize, imageSize != other {
      throw .mismatch(
        "the model takes images of \(imageSize.height) x \(imageSize.width) pixels, "
          + "and those of \(dataset.name) have \(other.height) x \(other.width)")
    }
    guard description.outputs == dataset.outputs else {
      throw .mismatch(
        "the model \(description.name) has \(description.outputs) outputs, "
          + "and \(dataset.name) has \(dataset.outputs) classes")
    }
  }
}
