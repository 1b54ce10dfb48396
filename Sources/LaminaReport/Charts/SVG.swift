import LaminaText

/// SVG fragments for all charts.
enum SVG {
  /// A picture with a title and a description for screen readers.
  static func picture(
    width: Double, height: Double, title: String, description: String, _ children: [Node]
  ) -> Node {
    .element(
      "svg",
      [
        "viewBox": "0 0 \(number(width)) \(number(height))", "role": "img",
        "xmlns": "http://www.w3.org/2000/svg", "aria-label": title,
      ],
      [.element("title", [:], title), .element("desc", [:], description)] + children)
  }

  /// A coordinate with two decimals, which is finer than any screen.
  static func number(_ value: Double) -> String {
    let text = Format.decimal(value, places: 2)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
  }

  static func text(
    _ text: String, x: Double, y: Double, anchor: String = "start", type: String = ""
  ) -> Node {
    .element("text", ["x": number(x), "y": number(y), "text-anchor": anchor, "class": type], text)
  }

  static func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), type: String,
    dashes: String = "none"
  ) -> Node {
    .element(
      "line",
      [
        "x1": number(start.x), "y1": number(start.y), "x2": number(end.x), "y2": number(end.y),
        "class": type, "stroke-dasharray": dashes,
      ])
  }

  /// The colour of a series.
  static func colour(_ index: Int) -> String { "var(--c\(index % Style.colourCount))" }

  /// Names with their colours; empty if there is only one.
  static func legend(_ series: [(name: String, colour: Int, isDashed: Bool)]) -> Node {
    guard series.count > 1 else { return .group([]) }
    return .element(
      "ul", ["class": "legend"],
      series.map { entry in
        .element(
          "li", [:],
          [
            .element(
              "span",
              [
                "class": entry.isDashed ? "dashed" : "solid",
                "style": "border-color:\(colour(entry.colour))",
              ], ""),
            .text(entry.name),
          ])
      })
  }
}
