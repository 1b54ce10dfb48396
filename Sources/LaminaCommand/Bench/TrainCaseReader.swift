import ArgumentParser
import Lamina
import LaminaConfiguration
import LaminaData
import LaminaJobs

/// The options of `lamina train` that a case of a job accepts.
struct CaseArguments: ParsableCommand {
  @OptionGroup(title: "Data") var reading: DataArguments
  @OptionGroup var training: TrainingArguments
  @OptionGroup var products: PrecisionArguments
}

/// Reads the training configurations of a job as options of `lamina train`.
struct TrainCaseReader: CaseReader {
  func arguments(_ options: ConfigurationNode) throws(ConfigurationError) -> [String] {
    do {
      try refuseOthers(options)
      return try ExperimentFile(options, for: CaseArguments.self).arguments
    } catch let error as ConfigurationError { throw error } catch {
      throw options.error(Failure(error).sentence ?? "\(error)")
    }
  }

  /// Refuses the options of `lamina train` that a case does not accept.
  private func refuseOthers(_ options: ConfigurationNode) throws {
    let known = Set(OptionTable(try CaseArguments.parse([]), without: []).entries.map(\.key))
    for entry in OptionTable(try TrainCommand.parse([]), without: []).entries
    where !known.contains(entry.key) {
      if let value = options.member(entry.key) {
        throw value.error(
          "a case's training cannot set '\(entry.key)': a job has its own keys for data and "
            + "devices, and cases write no files")
      }
    }
  }

  func dataOptions(_ arguments: [String]) throws -> DataOptions {
    try parse(arguments).reading.options
  }

  func precision(_ arguments: [String]) throws -> Precision {
    try parse(arguments).products.precision
  }

  func check(
    _ arguments: [String], with data: DatasetSplit
  ) throws -> (network: NetworkDescription, options: TrainingOptions) {
    let training = try resolve(arguments, data)
    return (training.network, training.options)
  }

  func setup(_ arguments: [String], with data: DatasetSplit) throws -> TrainingSetup {
    try resolve(arguments, data).setup()
  }

  private func resolve(_ arguments: [String], _ data: DatasetSplit) throws -> ResolvedTraining {
    let parsed = try parse(arguments)
    return try ResolvedTraining(parsed.training, data, parsed.reading)
  }

  private func parse(_ arguments: [String]) throws -> CaseArguments {
    do { return try CaseArguments.parse(arguments) } catch {
      throw InputError(Failure(error).sentence ?? "\(error)")
    }
  }
}
