/// A confusion matrix: rows are true classes, columns predicted ones. The larger the share of a
/// cell in its row, the darker it is.
package struct HeatMap: Sendable {
  package var title: String
  package var counts: [[Int]]
  package var names: [String]

  /// The largest number of classes whose cells have room for numbers.
  private static let mostWithNumbers = 20
  private static let side = 420.0

  package var node: Node {
    let count = counts.count
    let margin = 14 + 7.5 * Double(min(12, names.map(\.count).max() ?? 1))
    let cell = (Self.side - margin - 24) / Double(max(1, count))
    var children: [Node] = [
      SVG.text(
        "predicted class", x: (Self.side + margin) / 2, y: 12, anchor: "middle", type: "soft"),
      .element(
        "text",
        [
          "transform": "translate(12 \(SVG.number((Self.side + 20) / 2))) rotate(-90)",
          "text-anchor": "middle", "class": "soft",
        ], "true class"),
    ]
    for (row, values) in counts.enumerated() {
      children += labels(row, margin: margin, cell: cell)
      let sum = max(1, values.reduce(0, +))
      for (column, value) in values.enumerated() {
        let place = (x: margin + 14 + Double(column) * cell, y: 40 + Double(row) * cell)
        children += draw(value, of: sum, row, column, at: place, cell: cell)
      }
    }
    let hits = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    let all = counts.joined().reduce(0, +)
    return SVG.picture(
      width: Self.side, height: 46 + cell * Double(count), title: title,
      description: "\(hits) of \(all) examples are on the diagonal: their class was predicted.",
      children)
  }

  private func labels(_ index: Int, margin: Double, cell: Double) -> [Node] {
    let every = max(1, Int((13 / cell).rounded(.up)))
    guard index % every == 0 else { return [] }
    let middle = (Double(index) + 0.5) * cell
    let name = names[index].count > 12 ? names[index].prefix(11) + "…" : names[index].prefix(12)
    let column = cell < 7.5 * Double(name.count) ? name.prefix(max(1, Int(cell / 7.5))) : name
    return [
      SVG.text(String(name), x: margin + 8, y: 44.5 + middle, anchor: "end"),
      SVG.text(String(column), x: margin + 14 + middle, y: 32, anchor: "middle"),
    ]
  }

  private func draw(
    _ value: Int, of sum: Int, _ row: Int, _ column: Int, at place: (x: Double, y: Double),
    cell: Double
  ) -> [Node] {
    let share = Double(value) / Double(sum)
    // A few errors among many hits must stay visible.
    let strength = value == 0 ? 0.04 : 0.12 + 0.88 * share.squareRoot()
    let rectangle = Node.element(
      "rect",
      [
        "class": "cell", "x": SVG.number(place.x + 0.5), "y": SVG.number(place.y + 0.5),
        "width": SVG.number(cell - 1), "height": SVG.number(cell - 1),
        "fill-opacity": SVG.number(strength),
      ],
      [
        .element(
          "title", [:],
          "true \(names[row]), predicted \(names[column]): \(value) "
            + "(\(Number.short(100 * share)) %)")
      ])
    guard value > 0, counts.count <= Self.mostWithNumbers, 7.5 * Double("\(value)".count) < cell
    else { return [rectangle] }
    return [
      rectangle,
      SVG.text(
        "\(value)", x: place.x + cell / 2, y: place.y + cell / 2 + 4.5, anchor: "middle",
        type: strength > 0.6 ? "on" : ""),
    ]
  }
}
