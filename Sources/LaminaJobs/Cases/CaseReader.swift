package import Lamina
package import LaminaConfiguration
package import LaminaData

/// Turns the configurations of a job into trainings.
///
/// The reader of the program knows the options of `lamina train`. A case takes the same options,
/// with the same rules.
package protocol CaseReader {
  /// Reads a mapping whose keys are options.
  ///
  /// - Returns: The options as command-line arguments, in the order of `lamina train`.
  func arguments(_ options: ConfigurationNode) throws(ConfigurationError) -> [String]

  /// The options for reading the data of a case.
  func dataOptions(_ arguments: [String]) throws -> DataOptions

  /// The precision of the products of a case.
  func precision(_ arguments: [String]) throws -> Precision

  /// The network and the options that a case trains. Throws if they do not fit the data.
  func check(
    _ arguments: [String], with data: DatasetSplit
  ) throws -> (network: NetworkDescription, options: TrainingOptions)

  /// The training of a case, with its initial parameters.
  func setup(_ arguments: [String], with data: DatasetSplit) throws -> TrainingSetup
}
