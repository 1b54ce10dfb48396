/// A chart or pictures with a heading, a caption, and the numbers in a table that can be expanded.
package struct Figure: Sendable {
  /// Rows of text with a header row.
  package struct Table: Sendable {
    package var rows: [[String]]

    package init(head: [String], rows: [[String]]) { self.rows = [head] + rows }

    var node: Node {
      let lines = rows.enumerated().map { index, row in
        Node.element(
          "tr", [:],
          row.enumerated().map { column, cell in
            index == 0
              ? .element("th", ["scope": "col"], cell)
              : column == 0 ? .element("th", ["scope": "row"], cell) : .element("td", [:], cell)
          })
      }
      return .element("div", ["class": "wide", "tabindex": "0"], [.element("table", [:], lines)])
    }
  }

  package var title: String
  package var caption: String = ""
  package var body: Node
  package var table: Table?
  /// Whether the figure takes the whole width of the page.
  package var isWide = false

  var node: Node {
    var children: [Node] = [.element("h3", [:], title), body]
    if !caption.isEmpty { children.append(.element("figcaption", [:], caption)) }
    if let table {
      children.append(.element("details", [:], [.element("summary", [:], "Numbers"), table.node]))
    }
    return .element("figure", ["class": isWide ? "whole" : "half"], children)
  }
}
