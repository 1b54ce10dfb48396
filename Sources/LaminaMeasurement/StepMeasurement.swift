package import Lamina
package import LaminaDevices

/// The speed of training steps on a device, and the separate times of everything before training.
package struct StepMeasurement: Sendable {
  package let device: DeviceDescription
  /// The examples of a step, of all networks.
  package let batchSize: Int
  /// The floating-point operations of a step's products.
  package let operations: Int
  /// The seconds per step of each sample.
  package let samples: [Double]
  /// The processor's speed around each sample (see ``Yardstick``); empty for other devices.
  package let yardstick: [Double]
  package let runsPerSample: Int
  /// The seconds to open the device, without compilers.
  package let openingSeconds: Double
  /// The seconds in compilers, from the opening of the device to the end of the first step.
  package let compilationSeconds: Double
  /// The seconds to allocate and fill buffers and to prepare the step, without compilers.
  package let setUpSeconds: Double
  /// The seconds to upload the data set.
  package let hostToDeviceSeconds: Double
  /// The bytes of the data set.
  package let hostToDeviceBytes: Int
  /// The number of commands that a step enqueues; nil on a backend without a queue.
  package let launches: Int?
  /// The joules of all samples per trained example; nil if the machine has no counter.
  package let joulesPerExample: Double?

  package var secondsPerStep: Double { median(samples) }
  /// The 95th percentile of the seconds per step.
  package var p95: Double { Statistics.quantile(0.95, ofSorted: samples.sorted()) }
  package var interval: Interval { Bootstrap.interval([samples]) }
  package var samplesPerSecond: Double { Double(batchSize) / secondsPerStep }
  /// The 95 % interval of ``samplesPerSecond``.
  package var rateInterval: Interval {
    let interval = interval
    return Interval(Double(batchSize) / interval.upper, Double(batchSize) / interval.lower)
  }
  package var operationsPerSecond: Double { Double(operations) / secondsPerStep }

  private func median(_ values: [Double]) -> Double { Statistics(values).median }

  /// Measures a workload's steps on all devices.
  ///
  /// The devices take turns after each sample (A B A B), so that a change of the machine's speed
  /// affects all. A sample has one wait, at its end.
  ///
  /// - Parameter shouldStop: Called between samples. If it returns true, the result is nil.
  package static func measure(
    _ workload: TrainingWorkload, on devices: [OpenDevice], _ plan: SamplingPlan,
    shouldStop: () -> Bool = { false }
  ) throws -> [StepMeasurement]? {
    let benchmark = StepBenchmark(workload)
    var runs: [Run] = []
    for device in devices {
      if shouldStop() { return nil }
      runs.append(try Run(benchmark, on: device, plan))
    }
    for _ in 0..<plan.samples {
      for index in runs.indices {
        if shouldStop() { return nil }
        try runs[index].takeSample()
      }
    }
    for run in runs { try run.subject.verify() }
    return runs.map { $0.measurement(workload) }
  }

  /// The measurement of a workload on a device.
  private struct Run {
    var subject: Subject
    let meter: EnergyMeter
    let build: Double
    let firstBuild: Double
    let upload: (seconds: Double, bytes: Int)
    var joules: Double? = 0
    var yardstick: [Double] = []

    init(_ benchmark: StepBenchmark, on device: OpenDevice, _ plan: SamplingPlan) throws {
      let before = device.report.buildSeconds
      upload = try Self.upload(benchmark.workload, to: device.backend)
      subject = try Subject(benchmark, on: device)
      // The build time of this network, without that of opening the device.
      firstBuild = device.report.buildSeconds - before
      build = device.report.buildSeconds
      meter = EnergyMeter(for: device.description)
      try subject.warmUp(plan)
    }

    mutating func takeSample() throws {
      let isProcessor = subject.device.description.kind == .processor
      let speedBefore = isProcessor ? Yardstick.seconds() : 0
      let before = meter.joules
      try subject.takeSample()
      if let before, let after = meter.joules, let sum = joules {
        joules = sum + after - before
      } else {
        joules = nil
      }
      if isProcessor { yardstick.append((speedBefore + Yardstick.seconds()) / 2) }
    }

    func measurement(_ workload: TrainingWorkload) -> StepMeasurement {
      let device = subject.device
      let step = Statistics(subject.samples).median
      let examples = Double(
        workload.examplesOfStep * subject.runsPerSample * subject.samples.count)
      let lazyBuild = max(0, subject.firstRunSeconds - step)
      return StepMeasurement(
        device: device.description, batchSize: workload.examplesOfStep,
        operations: workload.description.trainingOperationsPerExample * workload.examplesOfStep,
        samples: subject.samples, yardstick: yardstick, runsPerSample: subject.runsPerSample,
        openingSeconds: max(0, device.openingSeconds - device.buildSeconds),
        compilationSeconds: build + (device.report.compilesKernels ? lazyBuild : 0),
        setUpSeconds: max(0, subject.preparationSeconds - firstBuild),
        hostToDeviceSeconds: upload.seconds, hostToDeviceBytes: upload.bytes,
        launches: subject.launches, joulesPerExample: joules.map { $0 / examples })
    }

    private static func upload<B: Backend>(
      _ workload: TrainingWorkload, to backend: B
    ) throws(BackendError) -> (seconds: Double, bytes: Int) {
      let seconds = try backend.seconds { () throws(BackendError) in
        _ = try DeviceDataset(workload.dataset, for: workload.description, on: backend)
      }
      return (seconds, workload.dataset.byteCount)
    }
  }
}

extension Dataset {
  /// The bytes of inputs and targets as uploaded.
  var byteCount: Int {
    switch targets {
    case .classes(let labels, _): inputByteCount + 4 * labels.count
    case .labels(let values, _): inputByteCount + 4 * values.count
    case .values(let values, _): inputByteCount + 4 * values.count
    case .inputs: inputByteCount + 4 * count * features
    }
  }

  /// The bytes of inputs as uploaded.
  var inputByteCount: Int {
    switch inputs {
    case .bytes(let bytes): bytes.count
    case .floats(let floats): 4 * floats.count
    case .doubles(let doubles): 4 * doubles.count
    }
  }
}
