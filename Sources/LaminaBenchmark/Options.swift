import ArgumentParser
import Lamina
import LaminaDevices
import LaminaMeasurement
import LaminaText

/// The options of every command: devices, durations, form of the report.
struct MeasurementOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The devices, separated by commas: cpu, opencl, opencl:INDEX, part of an OpenCL device's name, \
      or all.
      """,
      valueName: "devices"))
  var device = "all"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The maximum number of threads of the CPU backend. (default: as many as the process may use)
      """, valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "The precision of the factors of matrix products: fp32, tf32x3, tf32 or bf16.",
      valueName: "name"),
    transform: { text in
      guard let precision = Precision(rawValue: text) else {
        throw ValidationError("'\(text)' is no precision")
      }
      return precision
    })
  var precision = Precision.fp32

  @Option(parsing: .unconditional, help: "The number of samples of each case on each device.")
  var samples = 10

  @Option(parsing: .unconditional, help: "The minimum duration of a sample, in seconds.")
  var sampleSeconds = 0.1

  @Option(
    parsing: .unconditional,
    help: """
      The duration of all samples of a case on a device, in seconds, instead of --sample-seconds.
      """)
  var seconds: Double?

  @Option(
    parsing: .unconditional,
    help: "The minimum duration of the warm-up before the first sample, in seconds.")
  var warmUp = 0.2

  @Flag(help: "Print JSON Lines instead of a table.")
  var json = false

  func validate() throws {
    guard threads ?? 1 > 0, threads ?? 1 <= DeviceOptions.mostThreads else {
      throw ValidationError("--threads must be from 1 to \(DeviceOptions.mostThreads)")
    }
    guard samples > 0 else { throw ValidationError("--samples must be positive") }
    let durations = [sampleSeconds, seconds ?? 1, warmUp]
    guard durations.allSatisfy({ $0 > 0 && $0 <= 86400 }) else {
      throw ValidationError("durations must be positive and at most 86400 s")
    }
  }

  var plan: SamplingPlan {
    SamplingPlan(
      samples: samples, sampleSeconds: seconds.map { $0 / Double(samples) } ?? sampleSeconds,
      warmUpSeconds: warmUp)
  }

  func openDevices() throws -> [OpenDevice] {
    let selectors = device.split(separator: ",", omittingEmptySubsequences: false)
    return try OpenDevice.open(
      selectors.map(String.init),
      DeviceOptions(precision: precision, threads: threads, warn: BenchmarkCommand.warn))
  }

  func reporter(_ facts: RunFacts) -> any Reporter {
    json ? JSONReporter(facts: facts) : TableReporter()
  }

  /// Measures the chosen benchmarks and reports each.
  func measure(_ benchmarks: [any Benchmark], _ choice: CaseOptions) throws {
    let wanted = try choice.chosen(from: benchmarks)
    let facts = RunFacts()
    let devices = try openDevices()
    let peaks: [Peaks?] = choice.peak ? try Peaks.measure(devices) : devices.map { _ in nil }
    let session = MeasurementSession(devices: devices, peaks: peaks, plan: plan)
    let reporter = reporter(facts)
    reporter.begin(facts, devices: devices, peaks: peaks)
    for benchmark in wanted { reporter.add(try session.measure(benchmark)) }
  }
}

/// The options that select cases and the measurement of peaks.
struct CaseOptions: ParsableArguments {
  @Option(help: "Measure only cases whose name contains this, such as 'gather' or '×784×'.")
  var filter = ""

  @Flag(
    inversion: .prefixedNo,
    help: "Measure the peak rates of each device first, to report shares of them.")
  var peak = true

  func chosen(from benchmarks: [any Benchmark]) throws(InputError) -> [any Benchmark] {
    let chosen = benchmarks.filter { filter.isEmpty || $0.label.text.contains(filter) }
    if chosen.isEmpty { throw InputError("no case has a name that contains '\(filter)'") }
    return chosen
  }
}
