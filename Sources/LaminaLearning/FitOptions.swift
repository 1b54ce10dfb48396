public import Lamina
public import LaminaData

/// The options of ``Lamina/fit(_:classes:names:options:onEpoch:)`` and its siblings.
public struct FitOptions: Sendable {
  /// The layers before the output layer.
  public var hidden: [Layer]
  /// The loss, the scaling of inputs and the like; what is nil suits the data.
  public var network: NetworkDescription.Choices
  /// The initialization of the parameters.
  public var initialization: Initialization
  /// The rule that changes the parameters.
  public var rule: UpdateRule
  /// The schedule of the learning rate.
  public var schedule: LearningRateSchedule
  /// The most examples of a step; there are fewer where there are fewer examples.
  public var batchSize: Int
  /// Passes over the training part.
  public var epochs: Int
  /// Ends a training that gets no better on the validation part, and goes back to the best epoch.
  /// Nil trains all epochs, and so do data without a validation part.
  public var earlyStopping: EarlyStopping?
  /// The share of the rows on which each epoch is measured and with which none is trained; 0 trains
  /// with all rows and measures on them too. Tables are split by their own options.
  public var validationShare: Double
  /// The seed of the split, the initialization, the order of examples and dropout.
  public var seed: UInt64
  /// The device: `cpu`, `opencl`, `opencl:1`, or part of an OpenCL device's name.
  public var device: String
  /// The precision of the factors of products.
  public var precision: Precision
  /// Receives a sentence about each setting or kernel that was ignored or replaced.
  public var warn: @Sendable (String) -> Void

  /// Two layers of 64 ReLUs, trained by Adam with the usual rate for 50 epochs, unless they get no
  /// better for 10.
  ///
  /// - Parameters:
  ///   - hidden: The units of each layer before the output layer.
  ///   - activation: The activation of these layers.
  ///   - epochs: Passes over the training part.
  ///   - device: The device (``device``).
  public init(
    hidden: [Int] = [64, 64], activation: Activation = .relu, epochs: Int = 50,
    device: String = "cpu"
  ) {
    self.hidden = hidden.map { .dense(outputs: $0, activation: activation) }
    network = NetworkDescription.Choices()
    initialization = .pyTorch
    rule = UpdateRule(.adam(Adam(learningRate: 0.001)))
    schedule = .constant
    batchSize = 32
    self.epochs = epochs
    earlyStopping = EarlyStopping(patience: 10)
    validationShare = 0.1
    seed = 1
    self.device = device
    precision = .fp32
    warn = { _ in }
  }

  /// The options of the training of so many examples.
  func training(exampleCount: Int) -> TrainingOptions {
    TrainingOptions(
      batchSize: min(batchSize, exampleCount), epochs: epochs, rule: rule, schedule: schedule,
      seed: seed)
  }
}
