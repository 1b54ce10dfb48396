/// What is chosen after training on the validation part, about what the outputs of a network mean.
public struct OutputChoice: Sendable, Equatable {
  /// Whether a temperature is fitted (``Calibration``).
  public var fitsTemperature: Bool
  /// Whether the thresholds that maximise F1 are found (``ThresholdSearch``), after the temperature.
  public var findsThresholds: Bool

  /// Nothing unless told otherwise.
  public init(fitsTemperature: Bool = false, findsThresholds: Bool = false) {
    self.fitsTemperature = fitsTemperature
    self.findsThresholds = findsThresholds
  }

  /// True if nothing is chosen.
  public var isEmpty: Bool { !fitsTemperature && !findsThresholds }

  /// Refuses a choice that has no effect, or no validation part to be made on.
  public func validate(_ network: NetworkDescription, _ data: DatasetSplit) throws(NetworkError) {
    if fitsTemperature { try Calibration.check(network, for: data.train.targets) }
    if findsThresholds { try ThresholdSearch.check(network, for: data.train) }
    guard isEmpty || data.validation != nil else {
      throw .mismatch(
        "thresholds and temperature are chosen on a validation part, so that the test part stays "
          + "unseen, and \(data.train.name) has none")
    }
  }
}

/// What was chosen on the validation part.
public struct ChosenOutputs: Sendable {
  /// The fit of the temperature; nil if none was wanted.
  public let calibration: Calibration?
  /// The search for each threshold; empty if none was wanted.
  public let searches: [ThresholdSearch]
  /// The network with the chosen temperature.
  public let network: NetworkDescription
  /// The chosen thresholds, or those that were given.
  public let thresholds: [Double]

  /// Chooses.
  ///
  /// - Parameter outputs: The outputs for the validation part, one row per example.
  init(_ setup: TrainingSetup, outputs: [Float], for validation: Dataset) {
    var network = setup.network
    // The setup was validated: the outputs have a temperature.
    calibration =
      setup.choice.fitsTemperature
      ? try? Calibration(outputs: outputs, of: network, for: validation) : nil
    network.temperature = calibration?.temperature
    searches =
      setup.choice.findsThresholds
      ? ThresholdSearch.all(outputs: outputs, of: network, for: validation) : []
    thresholds = searches.isEmpty ? setup.thresholds : searches.map(\.threshold)
    self.network = network
  }
}
