import Lamina
import LaminaConfiguration
import LaminaData

/// A data set that a job names, checked before anything runs.
struct JobSource {
  let name: String
  /// The files that are read.
  let paths: [String]
  /// Nil for synthetic data, which fit any network.
  private let data: DatasetSplit?

  init(_ node: ConfigurationNode, _ options: DataOptions) throws(ConfigurationError) {
    name = try node.string()
    guard name != JobData.synthetic else {
      (data, paths) = (nil, [])
      return
    }
    let drawn = DrawnData.allCases.map(\.rawValue)
    paths =
      (drawn.contains(name) ? [] : [name])
      + [options.validation, options.test, options.labelFile].compactMap(\.self)
    let split: DatasetSplit
    do { split = try JobData.load(name, options, inputs: 0, outputs: 0) } catch {
      let meant =
        NearestName.of(name, among: drawn + [JobData.synthetic])
        .map { "; did you mean '\($0)'?" } ?? ""
      throw node.error("there is no data set '\(name)'\(meant): \(error)")
    }
    guard case .classes = split.train.targets else {
      throw node.error("\(name) has no classes, and only classifiers are measured")
    }
    data = split
  }

  func check(batch: Int, at place: ConfigurationNode) throws(ConfigurationError) {
    if let count = data?.train.count, batch > count {
      throw place.error("\(name) has \(count) examples, fewer than a batch of \(batch)")
    }
  }

  /// The data for a network, or zeros in the network's shape if the data are synthetic.
  func data(for network: JobNetwork) throws(ConfigurationError) -> DatasetSplit {
    guard let data else {
      let ends = network.ends ?? (784, 10)
      return JobData.blank(inputs: ends.inputs, outputs: ends.outputs)
    }
    if let ends = network.ends,
      ends.inputs != data.train.features || ends.outputs != data.train.outputs
    {
      throw network.place.error(
        "\(name) has \(data.train.features) inputs and \(data.train.outputs) classes, and the "
          + "network has \(ends.inputs) and \(ends.outputs)")
    }
    return data
  }
}
