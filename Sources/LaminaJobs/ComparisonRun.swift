package import Lamina
import LaminaData
package import LaminaDevices
package import LaminaMeasurement

/// Measures the workloads of a comparison, one after the other, each on all devices in turn.
package struct ComparisonRun {
  package let devices: [OpenDevice]
  package let peaks: [Double?]
  package let plan: SamplingPlan
  package let dataName: String
  package let data: DatasetSplit

  package init(
    devices: [OpenDevice], peaks: [Double?], plan: SamplingPlan, dataName: String,
    data: DatasetSplit
  ) {
    self.devices = devices
    self.peaks = peaks
    self.plan = plan
    self.dataName = dataName
    self.data = data
  }

  /// A workload to compare.
  package struct Case {
    package var value: Int?
    package var network: NetworkDescription
    package var options: TrainingOptions

    package init(value: Int? = nil, network: NetworkDescription, options: TrainingOptions) {
      self.value = value
      self.network = network
      self.options = options
    }
  }

  /// Measures; nil where `shouldStop` ended it.
  ///
  /// - Parameter progress: Told of each workload before it is measured.
  package func run(
    _ cases: [Case], sweep: String?, progress: (Case) -> Void = { _ in },
    shouldStop: () -> Bool
  ) throws -> Comparison? {
    var points: [Comparison.Point] = []
    for item in cases {
      progress(item)
      let workload = TrainingWorkload(item.network, dataset: data.train, options: item.options)
      guard
        let steps = try StepMeasurement.measure(
          workload, on: devices, plan, shouldStop: shouldStop),
        let results = try workload.train(on: devices, test: data.test, shouldStop: shouldStop)
      else { return nil }
      for (device, result) in zip(devices, results) {
        let isFinite = result.losses.allSatisfy(\.isFinite) && result.testLoss.isFinite
        try TrainingFailure.check(isFinite, workload.title, device.description)
      }
      points.append(
        Comparison.Point(
          value: item.value, network: item.network, options: item.options, steps: steps,
          results: results))
    }
    return Comparison(
      data: dataName, devices: devices.map(\.description), peaks: peaks, sweep: sweep,
      points: points)
  }
}
