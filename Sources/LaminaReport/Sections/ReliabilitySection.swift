import LaminaText

extension TrainingLog {
  /// The reliability diagram: the share of right answers over the mean probability of each bin, with
  /// the line on which both are equal; nil without probabilities.
  func reliability(_ bins: [ReliabilityBin]) -> Figure? {
    let points = bins.compactMap { bin -> Series.Point? in
      guard let mean = bin.meanProbability, let share = bin.share else { return nil }
      return Series.Point(x: mean, y: share, name: "\(bin.count) probabilities")
    }
    guard !points.isEmpty else { return nil }
    let equal = [0.0, 1].map { Series.Point(x: $0, y: $0) }
    let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    let chart = Chart(
      title: "Reliability of \(name)",
      x: Axis(label: "mean probability", ticks: ticks),
      y: Axis(label: "share of right answers", ticks: ticks),
      series: [
        Series(name: "as probable as right", form: .dashedLine, colour: 1, points: equal),
        Series(name: "test part", colour: 0, points: points),
      ])
    let error = result?.expectedCalibrationError.map {
      " Expected calibration error: \(Number.exact($0))."
    }
    let rows = bins.filter { $0.count > 0 }.map { bin in
      [Number.exact(bin.meanProbability), Number.exact(bin.share), "\(bin.count)"]
    }
    return Figure(
      title: "Reliability",
      caption:
        "Above the dashed line, the network is right more often than it says; below, less often."
        + (error ?? ""),
      body: chart.node,
      table: Figure.Table(
        head: ["mean probability", "share of right answers", "probabilities"], rows: rows))
  }
}
