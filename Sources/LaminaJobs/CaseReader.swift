package import Lamina
package import LaminaConfiguration
package import LaminaData

/// Turns the configurations of a job into trainings. The program has one that knows the options of
/// `lamina train`: a case takes the same names under the same rules.
package protocol CaseReader {
  /// Reads a mapping whose keys are options.
  ///
  /// - Returns: The options as the command line has them, in the order of `lamina train`.
  func arguments(_ options: ConfigurationNode) throws(ConfigurationError) -> [String]

  /// How the data of a case are read.
  func dataOptions(_ arguments: [String]) throws -> DataOptions

  /// What a case trains; refused where that makes no sense for the data.
  func check(
    _ arguments: [String], with data: DatasetSplit
  ) throws -> (network: NetworkDescription, options: TrainingOptions)

  /// The training of a case, with its first parameters.
  func setup(_ arguments: [String], with data: DatasetSplit) throws -> TrainingSetup
}
