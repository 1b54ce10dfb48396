package import LaminaMeasurement

/// The result of one case of a job: a line of a results file, as `docs/results.schema.json`
/// describes.
package struct Record: Codable, Equatable, Sendable {
  /// The version of the schema that this program writes, and the newest that it reads.
  package static let schemaVersion = 1

  package enum Status: String, Codable, Sendable { case ok, failed }

  package struct Tool: Codable, Equatable, Sendable {
    package var name, version: String
    @Nullable package var commit: String?
  }

  package struct Device: Codable, Equatable, Sendable {
    package var selector, kind, name, platform, vendor, driver: String
    @Nullable package var openclVersion: String?
    package var computeUnits: Int
    @Nullable package var clockMegahertz: Int?
    package var memoryBytes: Int
  }

  package struct Workload: Codable, Equatable, Sendable {
    package var network, activation: String
    @Nullable package var parameters: Int?
    package var batchSize: Int
    package var data, device: String
    package var learningRate, momentum: Float
    package var epochs: Int
    package var seed: UInt64
    /// The networks that are trained at once; nil for one.
    @Nullable package var population: Int?
  }

  package struct Method: Codable, Equatable, Sendable {
    package var description: String
    package var repetition, sampleCount: Int
    package var sampleSeconds, warmUpSeconds: Double
    @Nullable package var stepsPerSample: Int?
  }

  /// The median, its 95 % bootstrap interval, and the 95th percentile.
  package struct Summary: Codable, Equatable, Sendable {
    package var median, p95: Double
    package var interval: Interval
  }

  package struct Statistics: Codable, Equatable, Sendable {
    package var secondsPerStep, samplesPerSecond: Summary
  }

  package struct Rates: Codable, Equatable, Sendable {
    package var gigaflopsPerSecond: Double
    @Nullable package var peakGigaflopsPerSecond: Double?
    @Nullable package var shareOfPeak: Double?
    @Nullable package var launchesPerStep: Int?
    @Nullable package var joulesPerThousandSamples: Double?
  }

  /// The seconds of everything except the measured steps.
  package struct Times: Codable, Equatable, Sendable {
    package var opening, compilation, setUp, hostToDevice: Double
    package var hostToDeviceBytes: Int
    package var training: Double
  }

  package struct Quality: Codable, Equatable, Sendable {
    package var trainLoss, testLoss, testAccuracy: Double
  }

  package struct Check: Codable, Equatable, Sendable {
    package var passed: Bool
    package var detail: String
  }

  package var schemaVersion = Self.schemaVersion
  /// The name of the case with its repetition. It is the same in each run of the job.
  package var key: String
  /// The name of the case without its repetition.
  package var caseName: String
  /// The time of the measurement, in UTC.
  package var date: String
  package var status: Status
  /// The reason why the case failed.
  @Nullable package var reason: String?
  package var tool: Tool
  package var host: Host
  @Nullable package var device: Device?
  package var libraries: [String: String] = [:]
  package var environment: [String: String] = [:]
  @Nullable package var planHash: String?
  package var workload: Workload
  package var method: Method
  /// The seconds per step of each sample.
  package var samples: [Double] = []
  /// The seconds of a fixed amount of arithmetic around each sample, to correct for changes of the
  /// processor's speed; empty for other devices.
  package var yardstick: [Double] = []
  @Nullable package var statistics: Statistics?
  @Nullable package var rates: Rates?
  @Nullable package var times: Times?
  @Nullable package var quality: Quality?
  @Nullable package var check: Check?

  /// The samples as multiples of the yardstick, or the samples themselves if there is none.
  package var relativeSamples: [Double] {
    guard yardstick.count == samples.count else { return samples }
    return zip(samples, yardstick).map { $0 / $1 }
  }
}
