import FoundationEssentials
import Lamina
import LaminaData
import LaminaDevices
import LaminaMeasurement

/// Measures one case of a job, in this process.
package enum CaseMeasurement {
  /// Measures the steps, then trains to get the loss and the accuracy, and checks both.
  ///
  /// - Parameters:
  ///   - reader: Makes a training from the case's arguments.
  ///   - warn: Receives a sentence about each setting or kernel that the device replaces or
  ///     ignores.
  package static func record(
    of job: JobCase, _ reader: some CaseReader, warn: @escaping (String) -> Void
  ) throws -> Record {
    let data = try JobData.load(
      job.data, reader.dataOptions(job.arguments), inputs: job.inputs, outputs: job.outputs)
    let setups = try job.argumentsOfNetworks.map { try reader.setup($0, with: data) }
    let workload = TrainingWorkload(setups)
    let options = DeviceOptions(precision: try reader.precision(job.arguments), warn: warn)
    let device = try DeviceSelection(job.device).open(options)
    var peak = job.peak
    if peak == nil && job.sampling.measuresPeak {
      peak = try Peaks.measure(device).operationsPerSecond / 1e9
    }
    let plan = SamplingPlan(
      samples: job.sampling.count, sampleSeconds: job.sampling.seconds,
      warmUpSeconds: job.sampling.warmUpSeconds)
    let error = try setups[0].productError(on: device.backend)
    var record = job.record()
    guard let steps = try StepMeasurement.measure(workload, on: [device], plan)?.first,
      let trained = try setups.train(on: device)
    else { return job.record(failed: "it was interrupted") }
    record.add(device)
    record.add(steps, peak: peak, training: trained.seconds)
    try record.add(
      trained, job, agreement(of: setups, on: device, warn),
      tolerance: Self.tolerance(of: options.precision), error)
    return record
  }

  /// Trains a few steps on the device and on the CPU, and returns the relative difference of the
  /// losses.
  ///
  /// The result is nil for the CPU itself. Summing in another order changes a loss by about 1e-6.
  private static func agreement(
    of setups: [TrainingSetup], on device: OpenDevice, _ warn: @escaping (String) -> Void
  ) throws -> Double? {
    if device.isCPUBackend, device.backend.precision == .fp32 { return nil }
    let losses = [
      try firstLoss(of: setups, on: device.backend),
      try firstLoss(of: setups, on: DeviceSelection.cpu.open(DeviceOptions(warn: warn)).backend),
    ]
    return abs(losses[0] - losses[1]) / max(abs(losses[1]), 1e-6)
  }

  /// The difference of the losses that roundings explain.
  private static func tolerance(of precision: Precision) -> Double {
    switch precision {
    case .fp32, .tf32x3: 1e-3
    // A twentieth of the last place of the factors may be left after averaging over a batch; losses of
    // steps are far closer, and this is to find what is wrong.
    case .tf32: 1e-2
    case .bf16: 5e-2
    }
  }

  private static func firstLoss(
    of setups: [TrainingSetup], on backend: some Backend
  ) throws -> Double {
    let setups = setups.map { setup in
      var setup = setup
      setup.options.stepLimit = min(20, setup.options.stepLimit ?? 20)
      return setup
    }
    if setups.count == 1 {
      return try TrainingSession(setups[0], on: backend).trainEpoch().trainLoss
    }
    let reports = try PopulationSession(setups, on: backend).trainEpoch()
    return reports.reduce(0) { $0 + ($1?.trainLoss ?? .nan) } / Double(reports.count)
  }
}

extension TrainingSetup {
  /// The measured error of the products on a device.
  func productError<B: Backend>(on backend: B) throws(BackendError) -> ProductError {
    try ProductError(
      of: network.trainingProducts(batchSize: options.batchSize(of: data.train.count)),
      seed: options.seed, on: backend)
  }
}

extension Record {
  fileprivate mutating func add(_ device: OpenDevice) {
    self.device = Device(device.description)
    libraries = device.description.libraries
    planHash = device.planHash
  }

  fileprivate mutating func add(_ steps: StepMeasurement, peak: Double?, training: Double) {
    samples = steps.samples.map { $0 * Self.slowDown }
    yardstick = steps.yardstick
    method.stepsPerSample = steps.runsPerSample
    statistics = Statistics(samples: samples, batchSize: steps.batchSize)
    let gigaflops = Double(steps.operations) / LaminaMeasurement.Statistics(samples).median / 1e9
    rates = Rates(
      gigaflopsPerSecond: gigaflops, peakGigaflopsPerSecond: peak,
      shareOfPeak: peak.map { gigaflops / $0 }, launchesPerStep: steps.launches,
      joulesPerThousandSamples: steps.joulesPerExample.map { $0 * 1000 })
    times = Times(
      opening: steps.openingSeconds, compilation: steps.compilationSeconds,
      setUp: steps.setUpSeconds, hostToDevice: steps.hostToDeviceSeconds,
      hostToDeviceBytes: steps.hostToDeviceBytes, training: training)
  }

  /// Adds and judges the result of a training. `agreement` is the relative difference from the CPU.
  fileprivate mutating func add(
    _ trained: TrainingResult, _ job: JobCase, _ agreement: Double?, tolerance: Double,
    _ error: ProductError
  ) {
    let last = trained.losses.last ?? .nan
    guard last.isFinite, trained.testLoss.isFinite else {
      return fail("the loss is not a finite number; a smaller learning rate may help")
    }
    quality = Quality(
      trainLoss: last, testLoss: trained.testLoss, testAccuracy: trained.testAccuracy)
    if let agreement, !(agreement < tolerance) {
      return fail(
        agreement.isFinite
          ? "the relative difference of the loss of the first steps from the CPU's is \(agreement)"
          : "the loss of the first steps is not finite")
    }
    if let least = job.minimumAccuracy, trained.testAccuracy < least {
      return fail("the test accuracy is \(trained.testAccuracy), below \(least)")
    }
    let losses =
      agreement.map {
        "the relative difference of the loss of the first steps from the CPU's is \($0)"
      } ?? "the losses are finite"
    check = Check(passed: true, detail: "\(losses); \(error.sentence)")
  }

  private mutating func fail(_ reason: String) {
    status = .failed
    self.reason = reason
    check = Check(passed: false, detail: reason)
  }

  /// The factor by which steps seem slower, for tests of the comparison with a baseline.
  private static var slowDown: Double {
    ProcessInfo.processInfo.environment["LAMINA_TEST_SLOWDOWN"].flatMap { Double($0) } ?? 1
  }
}

extension Record.Statistics {
  package init(samples: [Double], batchSize: Int) {
    let sorted = samples.sorted()
    let median = LaminaMeasurement.Statistics(samples).median
    let p95 = LaminaMeasurement.Statistics.quantile(0.95, ofSorted: sorted)
    let interval = Bootstrap.interval([samples])
    let batch = Double(batchSize)
    secondsPerStep = Record.Summary(median: median, p95: p95, interval: interval)
    samplesPerSecond = Record.Summary(
      median: batch / median, p95: batch / p95,
      interval: Interval(batch / interval.upper, batch / interval.lower))
  }
}
