import LaminaText

extension ProfileTrace {
  /// The time of each kernel of a training, and its distance from the device's ceilings.
  func section(name: String) -> Page.Section {
    let summary = lamina
    let total = summary.kernels.map(\.seconds).reduce(0, +)
    let figures = [shares(total), roofline, table(total)]
    return Page.Section(
      title: "Profile: \(name)",
      notes: ["\(summary.network) on \(summary.device), \(Format.seconds(total)) in total."],
      figures: figures.compactMap(\.self))
  }

  private func shares(_ total: Double) -> Figure? {
    let first = lamina.kernels.sorted { $0.seconds > $1.seconds }.prefix(10)
    guard total > 0, !first.isEmpty else { return nil }
    let bars = first.map { BarChart.Bar(name: $0.name, value: 100 * $0.seconds / total, colour: 0) }
    return Figure(
      title: "Share of the time", caption: "The ten kernels that take the longest.",
      body: BarChart(title: "Share of the time", unit: "per cent of the time", bars: bars).node,
      table: Figure.Table(
        head: ["kernel", "per cent"], rows: bars.map { [$0.name, Number.exact($0.value)] }))
  }

  /// The roofline: the speed of each product and kernel over its operations per byte, below the
  /// ceilings of the device.
  private var roofline: Figure? {
    let measured = lamina.kernels.filter { $0.seconds > 0 && $0.bytes > 0 }
    guard !measured.isEmpty else { return nil }
    let products = measured.filter { $0.operations > 0 }.map {
      Series.Point(x: $0.operations / $0.bytes, y: $0.gigaflopsPerSecond, name: $0.name)
    }
    // One operation per number of four bytes.
    let others = measured.filter { $0.operations == 0 }.map {
      Series.Point(x: 0.25, y: 0.25 * $0.gigabytesPerSecond, name: $0.name)
    }
    let points = products + others
    var series = [
      Series(name: "products", form: .points, colour: 0, points: products),
      Series(name: "other kernels", form: .points, colour: 2, points: others),
    ].filter { !$0.points.isEmpty }
    if let ceilings = lamina.ceilings, ceilings.gigabytesPerSecond > 0 {
      let ridge = ceilings.gigaflopsPerSecond / ceilings.gigabytesPerSecond
      let places = points.map(\.x) + [ridge]
      let (least, most) = ((places.min() ?? ridge) / 2, (places.max() ?? ridge) * 2)
      let roof = [least, ridge, most].map { x in
        Series.Point(
          x: x, y: min(ceilings.gigaflopsPerSecond, x * ceilings.gigabytesPerSecond),
          name: "ceiling")
      }
      series.append(Series(name: "measured ceilings", form: .dashedLine, colour: 1, points: roof))
    }
    return Figure(
      title: "Roofline",
      caption: """
        What lies above the slope ran from caches; what lies below has room. Kernels that are no \
        product are drawn as if they computed once with each number that they move: how near they \
        come to the slope is what counts.
        """,
      body: Chart(
        title: "Roofline", x: Axis(label: "operations per byte", kind: .logarithmic),
        y: Axis(label: "GFLOP/s", kind: .logarithmic), series: series
      ).node,
      table: Figure.Table(
        head: ["kernel", "operations per byte", "GFLOP/s"],
        rows: points.map { [$0.name ?? "", Number.exact($0.x), Number.exact($0.y)] }))
  }

  private func table(_ total: Double) -> Figure {
    let rows = lamina.kernels.sorted { $0.seconds > $1.seconds }.map { kernel in
      [
        kernel.name, "\(kernel.calls)", Format.threeDigits(1e3 * kernel.seconds),
        Format.threeDigits(1e6 * kernel.seconds / Double(max(1, kernel.calls))),
        Format.threeDigits(kernel.gigabytesPerSecond),
        kernel.operations > 0 ? Format.threeDigits(kernel.gigaflopsPerSecond) : "-",
        Format.percent(kernel.seconds / total, places: 1),
      ]
    }
    return Figure(
      title: "All kernels and products",
      body: Figure.Table(
        head: ["kernel", "calls", "total ms", "mean µs", "GB/s", "GFLOP/s", "share"], rows: rows
      ).node, table: nil, isWide: true)
  }
}
