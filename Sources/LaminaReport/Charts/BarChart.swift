/// Horizontal bars that start at 0, with the intervals of their values.
package struct BarChart: Sendable {
  package struct Bar: Sendable {
    package var name: String
    package var value: Double
    package var interval: ClosedRange<Double>?
    package var colour: Int
  }

  package var title: String
  /// The unit of the values.
  package var unit: String
  package var bars: [Bar]

  private static let (left, width, step) = (12.0, 420.0, 46.0)

  /// The picture. The names are above their bars, so that long names fit.
  package var node: Node {
    let scale = Scale(
      .linear, holding: bars.map(\.value) + bars.compactMap(\.interval?.upperBound),
      includingZero: true)
    let bottom = Self.step * Double(bars.count) + 6
    let ticks = scale.ticks.flatMap { tick -> [Node] in
      let x = place(tick, scale)
      return [
        SVG.line(from: (x, 0), to: (x, bottom), type: "grid"),
        SVG.text(
          Number.short(tick), x: x, y: bottom + 16,
          anchor: x > Self.width - 20 ? "end" : x < 20 ? "start" : "middle", type: "soft"),
      ]
    }
    let label = SVG.text(unit, x: Self.width / 2, y: bottom + 36, anchor: "middle")
    return SVG.picture(
      width: Self.width, height: bottom + 42, title: title, description: description,
      ticks + bars.enumerated().map { draw($1, number: $0, scale) } + [label])
  }

  private var description: String {
    bars.map { "\($0.name): \(Number.exact($0.value)) \(unit)" }.joined(separator: "; ") + "."
  }

  private func place(_ value: Double, _ scale: Scale) -> Double {
    Self.left + (scale.position(value) ?? 0) * (Self.width - 2 * Self.left)
  }

  private func draw(_ bar: Bar, number: Int, _ scale: Scale) -> Node {
    let top = Self.step * Double(number) + 4
    let start = place(0, scale)
    let middle = top + 29
    var children: [Node] = [
      SVG.text("\(bar.name)  \(Number.short(bar.value))", x: Self.left, y: top + 12),
      .element(
        "rect",
        [
          "class": "bar", "x": SVG.number(start), "y": SVG.number(top + 19), "height": "20",
          "width": SVG.number(max(0, place(bar.value, scale) - start)), "rx": "2",
          "fill": SVG.colour(bar.colour),
        ],
        [.element("title", [:], "\(bar.name): \(Number.exact(bar.value)) \(unit)\(range(bar))")]),
    ]
    if let interval = bar.interval {
      let (low, high) = (place(interval.lowerBound, scale), place(interval.upperBound, scale))
      children.append(
        .element(
          "path",
          [
            "class": "interval ink none", "stroke-width": "2",
            "d": "M\(SVG.number(low)) \(SVG.number(middle))H\(SVG.number(high))"
              + "M\(SVG.number(low)) \(SVG.number(middle - 5))v10"
              + "M\(SVG.number(high)) \(SVG.number(middle - 5))v10",
          ]))
    }
    return .element("g", [:], children)
  }

  private func range(_ bar: Bar) -> String {
    bar.interval.map {
      ", 95 % interval \(Number.exact($0.lowerBound)) to \(Number.exact($0.upperBound))"
    } ?? ""
  }
}
