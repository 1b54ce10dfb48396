import LaminaText
import Testing

@Suite("Shaded matrices") struct ShadedMatrixTests {
  @Test("Cells are the darker the larger their share, and nothing but 0 is blank")
  func shades() {
    let text = ShadedMatrix.text(
      [[99, 1, 0], [30, 70, 0], [0, 0, 0]], names: ["cat", "dog", "a very long name"],
      isColoured: false)
    let blanks = String(repeating: " ", count: 9)
    #expect(
      text.split(separator: "\n").map(String.init) == [
        blanks + "    atogme", blanks + "cat ██░░··", blanks + "dog ▒▒▓▓··", "a very long… ······",
      ])
    #expect(ShadedMatrix.text([[5]], names: ["a"], isColoured: false).hasSuffix("a ██\n"))
  }

  @Test("Colours are asked for")
  func colours() {
    let text = ShadedMatrix.text([[1, 1], [0, 1]], names: ["0", "1"], isColoured: true)
    #expect(text.contains("\u{1b}[32m▒▒\u{1b}[0m") || text.contains("\u{1b}[32m▓▓\u{1b}[0m"))
    #expect(text.contains("\u{1b}[31m"))
  }
}
