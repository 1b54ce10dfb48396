extension Chart {
  /// The chart with its legend.
  package var node: Node {
    let legend = SVG.legend(series.map { ($0.name, $0.colour, $0.form == .dashedLine) })
    return .group([legend, ChartDrawing(self).picture])
  }

  /// A description of the picture in words.
  var description: String {
    let parts = series.map { series in
      let values = series.points.map(\.y).filter(\.isFinite)
      guard let first = values.first, let last = values.last else { return "\(series.name): none" }
      return "\(series.name): \(values.count) points, from \(Number.short(first)) "
        + "to \(Number.short(last))"
    }
    return "\(y.label) over \(x.label). " + parts.joined(separator: "; ") + "."
  }
}

/// The picture of a chart, in a size that fits the screen of a phone.
private struct ChartDrawing {
  private static let (width, height) = (420.0, 280.0)
  private static let (left, right, top, bottom) = (66.0, 408.0, 14.0, 232.0)

  private let chart: Chart
  private let x, y: Scale

  init(_ chart: Chart) {
    self.chart = chart
    let points = chart.series.flatMap(\.points)
    x = Scale(
      chart.x.kind, holding: points.map(\.x) + chart.rules.map(\.x),
      includingZero: chart.x.includesZero, wanted: 6, leastStep: chart.x.isWhole ? 1 : 0,
      ticks: chart.x.ticks)
    let ends = points.flatMap { [$0.interval?.lowerBound, $0.interval?.upperBound] }
    y = Scale(
      chart.y.kind, holding: points.map(\.y) + ends.compactMap(\.self),
      includingZero: chart.y.includesZero, ticks: chart.y.ticks)
  }

  var picture: Node {
    SVG.picture(
      width: Self.width, height: Self.height, title: chart.title, description: chart.description,
      grid + chart.rules.flatMap(draw) + chart.series.map(draw) + labels)
  }

  private func place(_ point: Series.Point) -> (x: Double, y: Double)? {
    guard let x = x.position(point.x), let y = y.position(point.y) else { return nil }
    return (Self.left + x * (Self.right - Self.left), Self.bottom - y * (Self.bottom - Self.top))
  }

  private var grid: [Node] {
    y.ticks.flatMap { tick -> [Node] in
      guard let share = y.position(tick) else { return [] }
      let height = Self.bottom - share * (Self.bottom - Self.top)
      return [
        SVG.line(from: (Self.left, height), to: (Self.right, height), type: "grid"),
        SVG.text(
          Number.short(tick), x: Self.left - 7, y: height + 4.5, anchor: "end", type: "soft"),
      ]
    }
      + shownTicks.flatMap { tick, place in
        [
          SVG.line(from: (place, Self.bottom), to: (place, Self.bottom + 5), type: "grid"),
          SVG.text(
            Number.short(tick), x: place, y: Self.bottom + 20, anchor: "middle", type: "soft"),
        ]
      }
  }

  /// Ticks whose labels do not overlap.
  private var shownTicks: [(tick: Double, place: Double)] {
    var end = -Double.infinity
    return x.ticks.compactMap { tick in
      guard let share = x.position(tick) else { return nil }
      let place = Self.left + share * (Self.right - Self.left)
      let half = 4.0 * Double(Number.short(tick).count) + 4
      guard place - half > end else { return nil }
      end = place + half
      return (tick, place)
    }
  }

  private var labels: [Node] {
    let middle = (Self.top + Self.bottom) / 2
    return [
      SVG.text(
        chart.x.label, x: (Self.left + Self.right) / 2, y: Self.height - 8, anchor: "middle"),
      .element(
        "text",
        [
          "transform": "translate(13 \(SVG.number(middle))) rotate(-90)", "text-anchor": "middle",
        ], chart.y.label),
    ]
  }

  private func draw(_ rule: Chart.Rule) -> [Node] {
    guard let share = x.position(rule.x) else { return [] }
    let place = Self.left + share * (Self.right - Self.left)
    let isLeft = share > 0.6
    return [
      SVG.line(from: (place, Self.top), to: (place, Self.bottom), type: "ink rule", dashes: "5 5"),
      SVG.text(
        rule.label, x: place + (isLeft ? -6 : 6), y: Self.top + 12,
        anchor: isLeft ? "end" : "start"),
    ]
  }

  private func draw(_ series: Series) -> Node {
    let places = series.points.compactMap { point in place(point).map { (point, $0) } }
    var children: [Node] = []
    if series.form != .points {
      // A point that cannot be shown leaves a gap in the line.
      let stretches = series.points.map(place).split { $0 == nil }
      children += stretches.map { $0.compactMap(\.self) }.filter { $0.count > 1 }.map { stretch in
        .element(
          "polyline",
          [
            "points": stretch.map { "\(SVG.number($0.x)),\(SVG.number($0.y))" }
              .joined(separator: " "),
            "class": "none", "stroke": SVG.colour(series.colour), "stroke-width": "2",
            "stroke-dasharray": series.form == .dashedLine ? "6 4" : "none",
          ])
      }
    }
    children += places.map { point, place in mark(point, at: place, of: series, places.count) }
    return .element("g", [:], children)
  }

  private func mark(
    _ point: Series.Point, at place: (x: Double, y: Double), of series: Series, _ count: Int
  ) -> Node {
    let name = point.name ?? series.name
    let text = "\(name): \(Number.exact(point.y)) at \(Number.short(point.x))"
    // Many points are hardly wider than the line, but still show their tooltips.
    let radius = series.form == .points ? 4.5 : count > 60 ? 1.5 : 3
    let circle = Node.element(
      "circle",
      [
        "cx": SVG.number(place.x), "cy": SVG.number(place.y), "r": SVG.number(radius),
        "fill": SVG.colour(series.colour), "class": "point",
      ], [.element("title", [:], text)])
    guard let interval = point.interval, let low = y.position(interval.lowerBound),
      let high = y.position(interval.upperBound)
    else { return circle }
    let scale = Self.bottom - Self.top
    return .group([
      .element(
        "line",
        [
          "x1": SVG.number(place.x), "x2": SVG.number(place.x),
          "y1": SVG.number(Self.bottom - low * scale), "y2": SVG.number(Self.bottom - high * scale),
          "stroke": SVG.colour(series.colour), "stroke-width": "2", "class": "interval",
        ]), circle,
    ])
  }
}
