import Lamina
import LaminaMeasurement
import LaminaText

/// Samples a second of each device, as bars with their 95 % intervals.
struct ComparisonBars {
  let rows: [ComparisonRow]

  var figure: String {
    let most = rows.map(\.steps.rateInterval.upper).max() ?? 1
    func x(_ value: Double) -> String { Format.decimal(150 + 420 * value / most, places: 1) }
    let bars = rows.enumerated().map { index, row in
      let (top, interval) = (10 + 40 * index, row.steps.rateInterval)
      let rate = Format.rate(row.steps.samplesPerSecond)
      let width = Format.decimal(420 * row.steps.samplesPerSecond / most, places: 1)
      let (left, right, middle) = (x(interval.lower), x(interval.upper), top + 14)
      let name = Markup.escaped(row.device.selector)
      return """
        <text x="140" y="\(top + 19)" text-anchor="end">\(name)</text>\
        <rect class="bar" x="150" y="\(top)" width="\(width)" height="28" \
        fill="var(--c\(index % 4))"><title>\(name): \(rate) samples/s, \
        \(Comparison.text(interval))</title></rect>\
        <path class="interval" d="M\(left) \(middle)H\(right)M\(left) \(middle - 6)v12\
        M\(right) \(middle - 6)v12" stroke="var(--ink)" stroke-width="2" fill="none"/>\
        <text x="\(Format.decimal(162 + 420 * interval.upper / most, places: 1))" \
        y="\(top + 19)">\(rate)</text>
        """
    }
    return """
      <figure><svg viewBox="0 0 680 \(20 + 40 * rows.count)" role="img">\
      <title>Samples a second, with 95 % intervals</title>\(bars.joined())</svg>\
      <figcaption>Samples a second, median and 95 % interval; higher is better.</figcaption></figure>
      """
  }
}

/// Samples a second of each device over the size that a sweep varies, both axes logarithmic.
struct CrossoverChart {
  let comparison: Comparison

  private var sizes: [Double] { comparison.points.map { Double($0.value ?? 1) } }
  private var rates: [Double] { comparison.allRows.map(\.steps.samplesPerSecond) }

  var figure: String {
    let (sweep, devices) = (Markup.escaped(comparison.sweep ?? ""), comparison.devices)
    let lines = devices.indices.map(line)
    let legend = devices.enumerated().map { index, device in
      "<text class=\"legend\" x=\"\(90 + 150 * index)\" y=\"18\" "
        + "style=\"fill:var(--c\(index % 4))\">● \(Markup.escaped(device.selector))</text>"
    }
    let ticks = sizes.map { size in
      "<text x=\"\(x(size))\" y=\"322\" text-anchor=\"middle\">\(Int(size))</text>"
    }
    let levels = Set([rates.min() ?? 1, rates.max() ?? 1]).map { rate in
      "<text x=\"72\" y=\"\(y(rate))\" text-anchor=\"end\">\(Format.rate(rate))</text>"
    }
    return """
      <figure><svg viewBox="0 0 680 360" role="img">\
      <title>Samples a second by \(sweep)</title>\
      <path d="M80 30V300H650" stroke="var(--line)" fill="none"/>\
      \(legend.joined())\(ticks.joined())\(levels.joined())\(lines.joined())\(crossings)\
      <text x="365" y="348" text-anchor="middle">\(sweep)</text></svg>\
      <figcaption>Samples a second by \(sweep), both axes logarithmic; dashed lines mark where a \
      device becomes the faster one.</figcaption></figure>
      """
  }

  private func line(_ device: Int) -> String {
    let places = comparison.points.map { point in
      (x(Double(point.value ?? 1)), point.steps[device])
    }
    let path = places.map { "\($0.0),\(y($0.1.samplesPerSecond))" }.joined(separator: " ")
    let colour = "var(--c\(device % 4))"
    let marks = places.map { x, steps in
      """
      <circle class="point" cx="\(x)" cy="\(y(steps.samplesPerSecond))" r="4" fill="\(colour)">\
      <title>\(Format.rate(steps.samplesPerSecond)) samples/s, \
      \(Comparison.text(steps.rateInterval))</title></circle>
      """
    }
    return "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>"
      + marks.joined()
  }

  private var crossings: String {
    comparison.devices.indices.dropFirst().compactMap { device in
      guard case .at(let size) = comparison.crossover(of: device) else { return nil }
      return "<path class=\"crossover\" d=\"M\(x(size)) 30V300\" stroke=\"var(--ink)\" "
        + "stroke-dasharray=\"5 5\"/>"
    }.joined()
  }

  private func x(_ size: Double) -> String { place(size, among: sizes, from: 100, to: 630) }
  private func y(_ rate: Double) -> String { place(rate, among: rates, from: 290, to: 45) }

  private func place(
    _ value: Double, among values: [Double], from start: Double, to end: Double
  ) -> String {
    let (least, most) = (values.min() ?? 1, values.max() ?? 1)
    let share = most > least ? Log.natural(value / least) / Log.natural(most / least) : 0.5
    return Format.decimal(start + share * (end - start), places: 1)
  }
}
