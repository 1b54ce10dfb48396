import Foundation
import Testing

extension CommandTests {
  /// Folders of pictures, from training to prediction.
  @Suite struct PictureTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    /// A bitmap with one shade of grey.
    private func bitmap(side: Int, grey: UInt8) -> [UInt8] {
      func word(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (8 * $0) & 255) } }
      let stride = (3 * side + 3) / 4 * 4
      let header = word(40) + word(side) + word(side) + [1, 0, 24, 0]
      return Array("BM".utf8) + word(0) + word(0) + word(54) + header
        + [UInt8](repeating: 0, count: 24) + [UInt8](repeating: grey, count: stride * side)
    }

    /// Two classes of dark and bright pictures of 4 x 4, or of these and 6 x 6 pixels.
    private func writePictures(_ name: String, sides: [Int]) throws -> String {
      for (kind, grey) in [("dark", 40), ("bright", 200)] {
        let folder = place.file("\(name)/\(kind)")
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        for index in 0..<10 {
          let bytes = bitmap(side: sides[index % sides.count], grey: UInt8(grey + index))
          try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(index).bmp"))
        }
      }
      return place.file(name)
    }

    @Test func picturesOfSeveralSizesAreLearnedAndEvaluated() throws {
      let data = try writePictures("p", sides: [4, 6])
      let train = [
        "train", "--data", data, "--hidden", "none", "--epochs", "20", "--learning-rate", "0.1",
        "--batch-size", "4", "--quiet", "--model", place.file("m"),
      ]
      try expectRefusal(
        train,
        "the 20 pictures have 2 sizes: 10 of 4 x 4 pixels (bright/0.bmp), 10 of 6 x 6 pixels "
          + "(bright/1.bmp); lamina train --resize 4x4 makes them equal")
      try expectRefusal(train + ["--resize", "5"], "such as 28x28")
      let trained = try Program.run(train + ["--resize", "5x3"])
      #expect(trained.code == 0, "\(trained.errors)")
      // The model stores the size, and resamples pictures of any other size to it.
      let other = try writePictures("q", sides: [9])
      let evaluated = try Program.run(["evaluate", "--model", place.file("m"), "--data", other])
      #expect(evaluated.code == 0, "\(evaluated.errors)")
      #expect(evaluated.output.contains("overall accuracy  1.0000"), "\(evaluated.output)")
      // Pictures of no known class, and a single one, of sizes that the training did not have.
      for folder in ["bright", "dark"] {
        let start = ["predict", "--model", place.file("m"), "--data"]
        let all = try Program.run(start + ["\(other)/\(folder)"])
        #expect(all.lines.first == "file,prediction" && all.lines.count == 11, "\(all.errors)")
        #expect(all.lines.dropFirst().allSatisfy { $0.hasSuffix(".bmp,\(folder)") })
        let one = try Program.run(start + ["\(other)/\(folder)/3.bmp"])
        #expect(one.output == "file,prediction\n3.bmp,\(folder)\n", "\(one.errors)")
        let shown = try Program.run(start + ["\(other)/\(folder)/3.bmp", "--index", "0"])
        #expect(shown.output.contains("predicted  \(folder)\n"), "\(shown.errors)")
      }
    }
  }
}
