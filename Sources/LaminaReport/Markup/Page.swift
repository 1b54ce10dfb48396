/// A self-contained page, without external scripts, fonts or pictures.
package struct Page: Sendable {
  /// A section of a page, with a heading.
  package struct Section: Sendable {
    package var title: String
    /// Sentences above the figures.
    package var notes: [String] = []
    package var figures: [Figure]

    fileprivate var node: Node {
      .element(
        "section", [:],
        [.element("h2", [:], title)] + notes.map { .element("p", [:], $0) }
          + [.element("div", ["class": "figures"], figures.map(\.node))])
    }
  }

  package var title: String
  package var sections: [Section]
  /// The sentences about lines that were skipped.
  package var warnings: [String] = []

  /// The page as HTML.
  package var html: String {
    let head: [Node] = [
      .element("meta", ["charset": "utf-8"]), .element("title", [:], title),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      // An empty icon keeps browsers from requesting one from a server.
      .element("link", ["rel": "icon", "href": "data:,"]),
    ]
    let body: [Node] =
      [.element("h1", [:], title)] + warnings.map { .element("p", ["class": "warning"], $0) }
      + sections.map(\.node)
    return "<!DOCTYPE html>\n<html lang=\"en\"><head>" + head.map(\.markup).joined()
      + "<style>\n\(Style.sheet)</style></head><body>\n" + body.map { $0.markup + "\n" }.joined()
      + "</body></html>\n"
  }
}
