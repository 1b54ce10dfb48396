package import Lamina
package import LaminaDevices
package import LaminaMeasurement

/// Measures the workloads of a comparison one after the other. For each, the devices take turns.
package struct ComparisonRun {
  package let devices: [OpenDevice]
  package let peaks: [Double?]
  package let plan: SamplingPlan
  package let dataName: String

  package init(devices: [OpenDevice], peaks: [Double?], plan: SamplingPlan, dataName: String) {
    self.devices = devices
    self.peaks = peaks
    self.plan = plan
    self.dataName = dataName
  }

  /// A workload to compare.
  package struct Case {
    package var value: Int?
    package var setup: TrainingSetup

    package init(value: Int? = nil, _ setup: TrainingSetup) {
      self.value = value
      self.setup = setup
    }
  }

  /// Measures all workloads; nil if `shouldStop` ended it.
  ///
  /// - Parameter progress: Called with each workload before its measurement.
  package func run(
    _ cases: [Case], sweep: String?, progress: (Case) -> Void = { _ in }, shouldStop: () -> Bool
  ) throws -> Comparison? {
    var points: [Comparison.Point] = []
    var notes: [String] = []
    for item in cases {
      progress(item)
      for device in devices {
        let error = try item.setup.productError(on: device.backend)
        notes.append(
          "\(device.description.selector), \(TrainingWorkload(item.setup).title): \(error.sentence)"
        )
      }
      let workload = TrainingWorkload(item.setup)
      guard
        let steps = try StepMeasurement.measure(
          workload, on: devices, plan, shouldStop: shouldStop),
        let results = try item.setup.train(on: devices, shouldStop: shouldStop)
      else { return nil }
      for (device, result) in zip(devices, results) {
        let isFinite = result.losses.allSatisfy(\.isFinite) && result.testLoss.isFinite
        try TrainingFailure.check(isFinite, workload.title, device.description)
      }
      points.append(
        Comparison.Point(
          value: item.value, network: item.setup.network, options: item.setup.options, steps: steps,
          results: results))
    }
    return Comparison(
      data: dataName, devices: devices.map(\.description), peaks: peaks, sweep: sweep,
      points: points, notes: notes)
  }
}
