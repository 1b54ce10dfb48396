import LaminaText

extension ComparisonResults {
  /// A comparison: bars for a single workload, curves over the size for a sweep.
  var section: Page.Section {
    let networks = Set(points.map(\.network))
    let name = networks.count == 1 ? points.first?.network ?? "" : "networks"
    guard let sweep else {
      let first = points.first
      let batch = first?.batchSize.map { ", batch size \($0)" } ?? ""
      return Page.Section(
        title: "Comparison: \(name) on \(data)\(batch)", notes: verdicts + (notes ?? []),
        figures: points.map { bars($0) } + points.compactMap { losses($0) } + [numbers])
    }
    return Page.Section(
      title: "Sweep of \(sweep): \(name) on \(data)",
      notes: crossovers.map { $0.sentence(sweep) } + (notes ?? []),
      figures: [curve(sweep), ratios(sweep), numbers])
  }

  private var verdicts: [String] {
    points.flatMap { point in
      let first = point.devices.first?.device ?? ""
      return point.devices.dropFirst().map { other in
        let range = other.ratioInterval.map { Format.decimal($0, places: 2) }
          .joined(separator: " to ")
        let ratio = Format.decimal(other.ratio, places: 2)
        return other.ratioIsReal
          ? "\(other.device) trains \(ratio) times as fast as \(first) (95 % interval \(range))."
          : "\(other.device) and \(first) do not differ beyond noise: ratio \(ratio) "
            + "(95 % interval \(range))."
      }
    }
  }

  private func bars(_ point: Point) -> Figure {
    let chart = BarChart(
      title: "Samples per second", unit: "samples/s",
      bars: point.devices.enumerated().map { index, device in
        BarChart.Bar(
          name: "\(device.device): \(device.deviceName)", value: device.samplesPerSecond,
          interval: device.range, colour: index)
      })
    return Figure(
      title: "Samples per second", caption: "Median and 95 % interval; more is better.",
      body: chart.node,
      table: Figure.Table(
        head: ["device", "samples/s", "95 % interval"],
        rows: point.devices.map { [$0.device, Format.rate($0.samplesPerSecond), $0.rangeText] }))
  }

  private func losses(_ point: Point) -> Figure? {
    let series = point.devices.enumerated().compactMap { index, device -> Series? in
      guard let losses = device.losses, losses.count > 1 else { return nil }
      let points = losses.enumerated().compactMap { epoch, loss in
        loss.map { Series.Point(x: Double(epoch + 1), y: $0) }
      }
      return Series(
        name: device.device, form: index == 0 ? .line : .dashedLine, colour: index, points: points)
    }
    guard !series.isEmpty else { return nil }
    return Figure(
      title: "Training loss", caption: "The same seed and batches on each device.",
      body: Chart(
        title: "Training loss", x: Axis(label: "epoch", isWhole: true), y: Axis(label: "loss"),
        series: series
      ).node, table: Figure.Table(of: series, x: "epoch"))
  }

  private func curve(_ sweep: String) -> Figure {
    let count = points.map(\.devices.count).min() ?? 0
    let series = (0..<count).map { number in
      Series(
        name: points.first?.devices[number].device ?? "", colour: number,
        points: points.map { point in
          let device = point.devices[number]
          return Series.Point(
            x: Double(point.value ?? 0), y: device.samplesPerSecond, interval: device.range)
        })
    }
    let rules = crossovers.compactMap { crossover in
      crossover.size.map {
        Chart.Rule(x: $0, label: "\(crossover.device) faster from \(Format.rate($0)) on")
      }
    }
    let chart = Chart(
      title: "Samples per second by \(sweep)",
      x: Axis(
        label: sweep, kind: .logarithmic, ticks: points.compactMap { $0.value.map(Double.init) }),
      y: Axis(label: "samples/s", kind: .logarithmic), series: series, rules: rules)
    return Figure(
      title: "Samples per second by \(sweep)",
      caption: "Both axes are logarithmic; a dashed line is a crossover.", body: chart.node,
      table: Figure.Table(of: series, x: sweep))
  }

  private func ratios(_ sweep: String) -> Figure {
    let count = points.map(\.devices.count).min() ?? 0
    let first = points.first?.devices.first?.device ?? ""
    let series = (1..<max(1, count)).map { number in
      Series(
        name: points.first?.devices[number].device ?? "", colour: number,
        points: points.map { point in
          let (ratio, ends) = (point.devices[number].ratio, point.devices[number].ratioInterval)
          let isRange = ends.count == 2 && ends[0] <= ends[1]
          return Series.Point(
            x: Double(point.value ?? 0), y: ratio, interval: isRange ? ends[0]...ends[1] : nil)
        })
    }
    let chart = Chart(
      title: "Speed as a multiple of \(first)",
      x: Axis(
        label: sweep, kind: .logarithmic, ticks: points.compactMap { $0.value.map(Double.init) }),
      y: Axis(label: "times as fast", kind: .logarithmic), series: series)
    return Figure(
      title: "Speed as a multiple of \(first)", caption: "Above 1, the device is faster.",
      body: chart.node, table: Figure.Table(of: series, x: sweep))
  }

  private var numbers: Figure {
    let head = [
      sweep ?? "batch size", "device", "samples/s", "95 % interval", "µs/step", "launches",
      "GFLOP/s", "of peak", "test loss", "test accuracy", "compilation", "host to device",
      "J/1000 samples",
    ]
    let rows = points.flatMap { point in
      point.devices.map { device in
        [
          (point.value ?? point.batchSize).map(String.init) ?? "all", device.device,
          Format.rate(device.samplesPerSecond), device.rangeText,
          Format.threeDigits(1e6 * device.secondsPerStep),
          device.launchesPerStep.map(String.init) ?? "–", Format.threeDigits(device.gflops),
          Format.percent(device.shareOfPeak), Number.exact(device.testLoss),
          Number.exact(device.testAccuracy), device.compilationSeconds.map(Format.seconds) ?? "–",
          device.hostToDeviceSeconds.map { Format.decimal(1e3 * $0, places: 1) + " ms" } ?? "–",
          Format.threeDigits(device.joulesPerThousandSamples),
        ]
      }
    }
    return Figure(
      title: "All measurements", body: Figure.Table(head: head, rows: rows).node, table: nil,
      isWide: true)
  }
}

extension ComparisonResults.Device {
  fileprivate var rangeText: String {
    range.map { "\(Format.rate($0.lowerBound)) to \(Format.rate($0.upperBound))" } ?? "–"
  }
}

extension ComparisonResults.Crossover {
  fileprivate func sentence(_ sweep: String) -> String {
    switch kind {
    case "at":
      "\(device) is faster than \(against) from a \(sweep) of about "
        + "\(Format.rate(size ?? .nan)) on."
    case "always": "\(device) is faster than \(against) at every \(sweep) measured."
    case "never": "\(device) is faster than \(against) at no \(sweep) measured."
    default: "The \(sweep) from which \(device) is faster than \(against) is unknown."
    }
  }
}
