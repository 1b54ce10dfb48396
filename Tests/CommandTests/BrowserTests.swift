import Foundation
import Testing

/// A headless browser, which reports the content of a page.
private enum Chromium {
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Opens a page. The output has its content, and the errors have the messages of its console.
  static func open(_ page: String, profile: String) throws -> Program.Result {
    try Program(
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--disable-background-networking", "--enable-logging=stderr",
        "--user-data-dir=\(profile)", "--virtual-time-budget=2000", "--window-size=380,800",
        "--dump-dom", "file://\(page)",
      ], path: path ?? "chromium"
    ).finish()
  }
}

extension CommandTests {
  @Suite(.enabled(if: Chromium.path != nil, "Chromium is not installed"))
  struct BrowserTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// A script that only the test adds. It writes the browser's results into the page.
    private static let probe = """
      <script>
      addEventListener("error", event => console.error(event.message));
      const all = selector => [...document.querySelectorAll(selector)];
      const result = {
        points: all("circle.point").length, cells: all("rect.cell").length,
        bars: all("rect.bar").length, pictures: all("svg").length,
        described: all("svg > title + desc").length, tables: all("details table").length,
        broken: all("img").filter(image => !image.naturalWidth).length,
        images: all("img").length, resources: performance.getEntriesByType("resource")
          .filter(entry => !entry.name.startsWith("data:")).length,
        outside: all("circle.point, rect.bar, rect.cell").filter(mark => {
          const own = mark.getBoundingClientRect();
          const whole = mark.closest("svg").getBoundingClientRect();
          return own.left < whole.left - 1 || own.right > whole.right + 1 ||
            own.top < whole.top - 1 || own.bottom > whole.bottom + 1;
        }).length,
        tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      };
      document.body.setAttribute("data-probe", JSON.stringify(result));
      </script></body>
      """

    private func probe(_ page: String) throws -> [String: Int] {
      let text = try place.text(page).replacingOccurrences(of: "</body>", with: Self.probe)
      try text.write(toFile: place.file("probed.html"), atomically: false, encoding: .utf8)
      let result = try Chromium.open(place.file("probed.html"), profile: place.file("browser"))
      #expect(result.code == 0, "\(result.errors)")
      #expect(!result.errors.contains("CONSOLE"), "\(result.errors)")
      let parts = result.output.components(separatedBy: "data-probe=\"")
      let json = try #require(parts.dropFirst().first?.components(separatedBy: "\"").first)
        .replacingOccurrences(of: "&quot;", with: "\"")
      return try #require(
        JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Int])
    }

    @Test func showsTrainings() throws {
      for seed in ["1", "2"] {
        let result = try Program.run([
          "train", "--data", place.data, "--hidden", "16", "--epochs", "4", "--seed", seed,
          "--log", place.file("\(seed).jsonl"),
        ])
        #expect(result.code == 0, "\(result.errors)")
      }
      let report = try Program.run([
        "report", place.file("1.jsonl"), place.file("2.jsonl"), "-o", place.file("r.html"),
      ])
      #expect(report.code == 0, "\(report.errors)")
      let probe = try probe("r.html")
      #expect(probe["points"] == 2 * 5 * 4)
      #expect(probe["cells"] == 2 * Workplace.classes * Workplace.classes)
      #expect(probe["pictures"] == 5 && probe["described"] == 5 && probe["tables"] == 7)
      #expect(probe["images"] == 2 * (16 + 32) && probe["broken"] == 0)
      #expect(probe["outside"] == 0 && probe["tooWide"] == 0 && probe["resources"] == 0)
    }

    @Test func showsSweeps() throws {
      let result = try Program.run([
        "compare", "--devices", "cpu,cpu", "--data", place.data, "--hidden", "8", "--samples", "3",
        "--sample-seconds", "0.001", "--no-peak", "--sweep", "batch-size=10,30,100", "--report",
        place.file("r.html"),
      ])
      #expect(result.code == 0, "\(result.errors)")
      let probe = try probe("r.html")
      // The rates of both, and the ratio of one.
      #expect(probe["points"] == 3 * 3 && probe["pictures"] == 2)
      #expect(probe["outside"] == 0 && probe["tooWide"] == 0)
    }
  }
}
