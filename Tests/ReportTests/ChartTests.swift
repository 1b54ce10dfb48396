import Foundation
import FoundationXML
import Lamina
import Testing

@testable import LaminaReport

/// The number of occurrences of `part` in a text.
func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

@Suite("Charts") struct ChartTests {
  @Test("Text and attributes are escaped")
  func escaping() throws {
    let node = Node.element("text", ["class": "a\"b<'"], "<script>&\u{1}\u{0}")
    #expect(
      node.markup == "<text class=\"a&quot;b&lt;'\">&lt;script&gt;&amp;\u{fffd}\u{fffd}</text>")
    // An XML parser reads back the original text.
    let parser = XMLReader(node.markup.replacingOccurrences(of: "\u{fffd}", with: ""))
    #expect(parser.text == "<script>&" && parser.isWellFormed)
  }

  private func chart(_ points: [Series.Point]) -> Chart {
    Chart(
      title: "A <title>", x: Axis(label: "epoch", isWhole: true), y: Axis(label: "loss"),
      series: [
        Series(name: "one", colour: 0, points: points),
        Series(name: "two", form: .dashedLine, colour: 1, points: points),
      ], rules: [Chart.Rule(x: 2, label: "here")])
  }

  @Test("A value that there is not leaves a gap in its line")
  func gaps() {
    let markup = chart([
      .init(x: 1, y: 1), .init(x: 2, y: 2), .init(x: 3, y: .nan), .init(x: 4, y: 2),
      .init(x: 5, y: .infinity), .init(x: 6, y: 2), .init(x: 7, y: 1), .init(x: 8, y: 1),
    ]).node.markup
    #expect(count("class=\"point\"", in: markup) == 12)
    #expect(count("<polyline", in: markup) == 4, "two lines of two and three points each")
    #expect(markup.contains("one: 6 points, from 1 to 1"))
    #expect(!markup.contains("nan") && !markup.contains("inf"))
  }

  @Test("A chart has a mark for each point that can be shown, a title and a description")
  func points() {
    let markup = chart([
      .init(x: 1, y: 1), .init(x: 2, y: 0.5, interval: 0.4...0.6), .init(x: 3, y: .nan),
    ]).node.markup
    #expect(count("class=\"point\"", in: markup) == 4)
    #expect(count("class=\"interval\"", in: markup) == 2)
    #expect(count("<polyline", in: markup) == 2 && count("class=\"ink rule\"", in: markup) == 1)
    #expect(markup.contains("<title>A &lt;title&gt;</title><desc>loss over epoch."))
    #expect(!markup.contains("nan") && !markup.contains("inf"))
    #expect(XMLReader("<g>\(markup)</g>").isWellFormed)
  }

  @Test("Charts without any point are drawn too")
  func empty() {
    let markup = chart([]).node.markup
    #expect(count("class=\"point\"", in: markup) == 0 && XMLReader("<g>\(markup)</g>").isWellFormed)
    #expect(XMLReader(BarChart(title: "a", unit: "b", bars: []).node.markup).isWellFormed)
    #expect(XMLReader(HeatMap(title: "a", counts: [], names: []).node.markup).isWellFormed)
  }

  @Test("Bars are as long as their values, with the ends of their intervals")
  func bars() throws {
    let markup = BarChart(
      title: "speed", unit: "samples/s",
      bars: [
        .init(name: "a&b", value: 10, interval: 8...10, colour: 0),
        .init(name: "c", value: 5, colour: 1),
      ]
    ).node.markup
    #expect(count("class=\"bar\"", in: markup) == 2)
    #expect(count("class=\"interval ink none\"", in: markup) == 1)
    let widths = markup.components(separatedBy: "class=\"bar\"").dropFirst().compactMap { part in
      part.components(separatedBy: "width=\"").dropFirst().first?.split(separator: "\"").first
        .flatMap { Double($0) }
    }
    #expect(widths == [396, 198])
    #expect(markup.contains("a&amp;b: 10.00 samples/s, 95 % interval 8.0000 to 10.00"))
  }

  @Test("A confusion matrix has a cell for each pair of classes")
  func heatMap() {
    let markup = HeatMap(title: "m", counts: [[9, 1], [0, 10]], names: ["cat", "<dog>"]).node.markup
    #expect(count("class=\"cell\"", in: markup) == 4)
    #expect(markup.contains("true cat, predicted &lt;dog&gt;: 1 (10 %)"))
    #expect(markup.contains("19 of 20 examples are on the diagonal"))
    let large = [[Int]](repeating: [Int](repeating: 1, count: 50), count: 50)
    let names = (0..<50).map { "class \($0)" }
    #expect(
      count("class=\"cell\"", in: HeatMap(title: "m", counts: large, names: names).node.markup)
        == 2500)
  }

  @Test("Pictures are PNG files; their pixels must be as many as their size says")
  func pictures() throws {
    let picture = try #require(
      Picture(grey: [0, 128, 255, 7, 8, 9], size: .init(height: 2, width: 3)))
    let png = try #require(picture.png)
    #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    // The header: width 3, height 2, 8 bits, grey.
    #expect(Array(png[16..<26]) == [0, 0, 0, 3, 0, 0, 0, 2, 8, 0])
    #expect(Picture(grey: [1, 2, 3], size: .init(height: 2, width: 2)) == nil)
    let weights = try #require(Picture(weights: [0, 127, 129], size: .init(height: 1, width: 3)))
    #expect(try #require(weights.png)[25] == 2, "red, green and blue")
  }
}

/// Parses XML and collects its text.
final class XMLReader: NSObject, XMLParserDelegate {
  private(set) var text = ""
  private(set) var isWellFormed = false

  init(_ markup: String) {
    super.init()
    let parser = XMLParser(data: Data(markup.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
