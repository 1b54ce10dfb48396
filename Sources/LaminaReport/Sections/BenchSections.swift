import LaminaJobs
import LaminaMeasurement
import LaminaText

extension ReportInputs {
  /// The results of jobs: a chart per workload, with one bar per device and file.
  var benchSections: [Page.Section] {
    guard !records.isEmpty else { return [] }
    let bars = records.flatMap { file in
      file.records.filter { $0.status == .ok && !$0.samples.isEmpty }.grouped(by: \.caseName)
        .map { BenchBar(file: records.count > 1 ? file.name : nil, $0.elements) }
    }
    let figures = bars.grouped(by: \.workload).map(figure)
    let failed = records.flatMap { file in file.records.filter { $0.status == .failed } }
    let notes = failed.isEmpty ? [] : ["Cases that failed: \(failed.count)."]
    return [
      Page.Section(
        title: "Benchmarks", notes: notes,
        figures: figures + (failed.isEmpty ? [] : [table(failed)]))
    ]
  }

  private func figure(_ title: String, _ bars: [BenchBar]) -> Figure {
    let colours = bars.grouped(by: \.name).map(\.key)
    let chart = BarChart(
      title: title, unit: "samples/s",
      bars: bars.map { bar in
        BarChart.Bar(
          name: bar.name, value: bar.rate, interval: bar.interval,
          colour: colours.firstIndex(of: bar.name) ?? 0)
      })
    let rows = bars.map { bar in
      [
        bar.name, Format.rate(bar.rate), bar.intervalText, "\(bar.repetitions)",
        Format.threeDigits(bar.record.rates?.gigaflopsPerSecond),
        Format.percent(bar.record.rates?.shareOfPeak),
        Number.exact(bar.record.quality?.testAccuracy), bar.record.date,
      ]
    }
    return Figure(
      title: title, caption: "Median and 95 % interval; more is better.", body: chart.node,
      table: Figure.Table(
        head: [
          "device", "samples/s", "95 % interval", "repetitions", "GFLOP/s", "of peak",
          "test accuracy", "measured",
        ], rows: rows))
  }

  private func table(_ failed: [Record]) -> Figure {
    Figure(
      title: "Failed cases",
      body: Figure.Table(
        head: ["case", "reason"], rows: failed.map { [$0.key, $0.reason ?? "unknown reason"] }
      ).node, table: nil, isWide: true)
  }
}

/// One case on one device, all repetitions together.
private struct BenchBar {
  let name, workload: String
  let record: Record
  let repetitions: Int
  let rate: Double
  let interval: ClosedRange<Double>?

  init(file: String?, _ records: [Record]) {
    record = records[records.count - 1]
    repetitions = records.count
    let workload = record.workload
    self.workload = "\(workload.network) on \(workload.data), batch size \(workload.batchSize)"
    let device = [workload.device, record.device?.name].compactMap(\.self).joined(separator: ": ")
    name = file.map { "\(device) (\($0))" } ?? device
    // Repetitions are resampled as a whole, because they share what differs between processes.
    let groups = records.map(\.samples)
    let batch = Double(workload.batchSize)
    rate = batch / Statistics(groups.flatMap(\.self)).median
    let seconds = Bootstrap.interval(groups)
    interval = seconds.lower > 0 ? batch / seconds.upper...batch / seconds.lower : nil
  }

  var intervalText: String {
    interval.map { "\(Format.rate($0.lowerBound)) to \(Format.rate($0.upperBound))" } ?? "–"
  }
}
