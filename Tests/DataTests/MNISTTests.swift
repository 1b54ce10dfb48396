import Lamina
import LaminaData
import Support
import Testing

/// Reads the real files if they are in a folder next to the package. They are not part of it.
struct MNISTTests {
  @Test(.enabled(if: SharedData.has("mnist"), "there is no ../shared/data/mnist"))
  func hasTheKnownContent() throws {
    let split = try DatasetSplit(folder: SharedData.folder("mnist"))
    #expect(split.train.imageSize == ImageSize(height: 28, width: 28))
    #expect(
      split.train.classCounts == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(split.test.classCounts == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    let mean = split.test.pixels.reduce(0) { $0 + Double($1) } / Double(255 * 10_000 * 784)
    #expect(abs(mean - 0.1325) < 0.00005, "the README of the data gives four digits")
  }
}
