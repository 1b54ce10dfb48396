import Lamina
package import LaminaDevices

/// Measures benchmarks on several devices of one machine.
package struct MeasurementSession {
  package let devices: [OpenDevice]
  /// The peaks of each device; nil if they were not measured.
  package let peaks: [Peaks?]
  package let plan: SamplingPlan

  package init(devices: [OpenDevice], peaks: [Peaks?], plan: SamplingPlan) {
    self.devices = devices
    self.peaks = peaks
    self.plan = plan
  }

  /// Measures a benchmark on all devices.
  ///
  /// The devices take turns after each sample, so that a change of the machine's speed affects all.
  package func measure(_ benchmark: any Benchmark) throws -> [Measurement] {
    var subjects: [Subject] = []
    for device in devices {
      var subject = try Subject(benchmark, on: device)
      try subject.warmUp(plan)
      subjects.append(subject)
    }
    for _ in 0..<plan.samples {
      for index in subjects.indices { try subjects[index].takeSample() }
    }
    for subject in subjects { try subject.verify() }
    var measurements = try zip(subjects, peaks).map { subject, peaks in
      // After the samples, whose first run is to find nothing compiled.
      let error =
        benchmark.products.isEmpty
        ? nil : try ProductError(of: benchmark.products, on: subject.device.backend)
      return try Measurement(benchmark, subject, peaks: peaks, error: error)
    }
    guard measurements.count > 1 else { return measurements }
    let first = measurements[0].statistics.median
    for index in measurements.indices {
      measurements[index].speedRatio = first / measurements[index].statistics.median
    }
    return measurements
  }
}
