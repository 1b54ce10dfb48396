import Lamina
import LaminaDevices
import LaminaMeasurement
import LaminaText

/// The profile of a training: a table, and a trace in Chrome's format.
struct ProfileOutput {
  let path: String
  let profile = Profile(callLimit: 100_000)
  private let files: OutputFiles

  /// Refuses a file that cannot be written.
  init(path: String) throws {
    self.path = path
    files = try OutputFiles([path])
  }

  /// The calls, times and rates of each kernel and product, by descending total time.
  var table: String {
    let total = profile.seconds
    let rows = profile.entries.sorted { $0.seconds > $1.seconds }.map { entry in
      [
        entry.work.name, "\(entry.calls)", Format.decimal(1e3 * entry.seconds, places: 2),
        Format.decimal(1e6 * entry.meanSeconds, places: 2),
        Format.threeDigits(entry.bytesPerSecond / 1e9),
        entry.work.operations > 0 ? Format.threeDigits(entry.operationsPerSecond / 1e9) : "-",
        Format.percent(entry.seconds / total, places: 1),
      ]
    }
    let head = ["kernel", "calls", "total ms", "mean µs", "GB/s", "GFLOP/s", "share"]
    return Format.table([head] + rows, numeric: Set(1..<head.count))
      + "\(profile.callCount) calls, \(Format.seconds(total)) in all\n"
  }

  /// Measures the peak rates of the device, and writes the trace.
  func write(network: String, device: DeviceDescription) throws {
    let options = DeviceOptions(threads: device.threads, warn: Notice.warn)
    let peaks = try Peaks.measure(DeviceSelection(device.selector).open(options))
    try files.write(trace(network: network, device: device, peaks).text, to: path)
  }

  /// The trace. `lamina report` reads the member `lamina`, which Perfetto ignores.
  private func trace(network: String, device: DeviceDescription, _ peaks: Peaks) -> JSON {
    let first = profile.calls.map(\.start).min() ?? 0
    let name = JSON([
      "name": "process_name", "ph": "M", "pid": 1, "args": JSON(["name": device.name]),
    ])
    let calls = profile.calls.map { call in
      JSON([
        "name": profile.entries[call.entry].work.name, "cat": "kernel", "ph": "X",
        "ts": Self.microseconds(call.start - first), "dur": Self.microseconds(call.seconds),
        "pid": 1, "tid": 1, "args": JSON(["calls": call.count]),
      ])
    }
    let callsInTrace = profile.calls.reduce(0) { $0 + $1.count }
    return JSON([
      "displayTimeUnit": "ns", "traceEvents": [name] + calls,
      "lamina": JSON([
        "device": device.name, "network": network, "calls": profile.callCount,
        "calls_in_trace": callsInTrace, "ceilings": Self.json(peaks),
        "kernels": profile.entries.map(Self.json),
      ]),
    ])
  }

  /// Microseconds, rounded to nanoseconds, because no clock is more precise.
  private static func microseconds(_ seconds: Double) -> Double { (seconds * 1e9).rounded() / 1e3 }

  private static func json(_ peaks: Peaks) -> JSON {
    JSON([
      "gigaflops_per_second": peaks.operationsPerSecond / 1e9,
      "gigabytes_per_second": peaks.bytesPerSecond / 1e9,
    ])
  }

  private static func json(_ entry: Profile.Entry) -> JSON {
    let calls = Double(entry.calls)
    return JSON([
      "name": entry.work.name, "calls": entry.calls, "seconds": entry.seconds,
      "operations": Double(entry.work.operations) * calls,
      "bytes": Double(entry.work.bytes) * calls,
    ])
  }
}
