import Lamina
import LaminaMeasurement
import LaminaText

extension Comparison {
  /// The comparison as one self-contained HTML page: charts as inline SVG, a table behind each.
  package var page: String {
    let body =
      sweep == nil
      ? points.map { point in
        "<h2>\(Markup.escaped(title(point)))</h2>" + Markup.paragraphs(verdicts(point))
          + ComparisonBars(rows: rows(point)).figure
      }.joined()
      : Markup.paragraphs(crossoverText) + CrossoverChart(comparison: self).figure
    let list = devices.map {
      "<li><b>\(Markup.escaped($0.selector))</b> \(Markup.escaped($0.name)), "
        + "\(Markup.escaped($0.platform)), driver \(Markup.escaped($0.driver))</li>"
    }
    return Markup.page(
      title: "Comparison of \(devices.map(\.selector).joined(separator: " and "))",
      body: "<ul>\(list.joined())</ul>" + body + table)
  }

  private var table: String {
    Markup.table(
      caption: "All measurements",
      [
        [
          sweep ?? "batch size", "device", "samples/s", "95 % interval", "µs/step", "launches",
          "GFLOP/s", "of peak", "test loss", "test accuracy", "compilation", "host to device",
        ]
      ]
        + allRows.map { row in
          [
            "\(row.point.value ?? row.steps.batchSize)", row.device.selector,
            Format.rate(row.steps.samplesPerSecond), Self.text(row.steps.rateInterval),
            Format.threeDigits(1e6 * row.steps.secondsPerStep),
            row.steps.launches.map(String.init) ?? "–",
            Format.threeDigits(row.steps.operationsPerSecond / 1e9), Format.percent(row.share),
            Format.decimal(row.result.testLoss, places: 4),
            Format.decimal(row.result.testAccuracy, places: 4),
            Format.seconds(row.steps.compilationSeconds),
            "\(Format.decimal(1e3 * row.steps.hostToDeviceSeconds, places: 1)) ms",
          ]
        })
  }
}

/// Pieces of HTML.
enum Markup {
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }

  static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n").map { "<p>\(escaped(String($0)))</p>" }.joined()
  }

  /// The first row is the head.
  static func table(caption: String, _ rows: [[String]]) -> String {
    let lines = rows.enumerated().map { index, row in
      let tag = index == 0 ? "th" : "td"
      return "<tr>" + row.map { "<\(tag)>\(escaped($0))</\(tag)>" }.joined() + "</tr>"
    }
    return "<div class=\"wide\"><table><caption>\(escaped(caption))</caption>"
      + lines.joined() + "</table></div>"
  }

  static func page(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
    :root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --line: #8a8a8a; \
    --c0: #0b61a4; --c1: #b3470a; --c2: #20732f; --c3: #7a3aa0; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181b; \
    --c0: #6db6ff; --c1: #ffa05c; --c2: #7fd68b; --c3: #cf9cf0; } }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); \
    max-width: 60rem; margin: 0 auto; padding: 1rem; }
    svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 13px sans-serif; }
    .wide { overflow-x: auto; } table { border-collapse: collapse; white-space: nowrap; }
    th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
    caption { text-align: left; font-weight: bold; } figure { margin: 1rem 0; }
    </style></head><body><h1>\(escaped(title))</h1>
    \(body)
    </body></html>

    """
  }
}
