import Lamina
import LaminaData
import Testing

struct DatasetFolderTests {
  private let folder: TemporaryFolder

  /// A folder with three training and two test images of 2 x 2 pixels in three classes.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write(idx([3, 2, 2], (0..<12).map { $0 }), to: "train-images-idx3-ubyte")
    try folder.write(gzip(idx([3], [2, 0, 1])), to: "train-labels-idx1-ubyte.gz")
    try folder.write(gzip(idx([2, 2, 2], (20..<28).map { $0 })), to: "val-images-idx3-ubyte.gz")
    try folder.write(idx([2], [1, 1]), to: "val-labels-idx1-ubyte")
  }

  @Test func readsBothSets() throws {
    let split = try DatasetSplit(folder: folder.path)
    #expect(split.train.name == "\(folder.path)/train-images-idx3-ubyte")
    #expect(split.train.pixels == (0..<12).map { $0 })
    #expect(split.train.labels == [2, 0, 1])
    #expect(split.train.features == 4)
    #expect(split.train.imageSize == ImageSize(height: 2, width: 2))
    #expect(split.test.pixels == (20..<28).map { $0 })
    #expect(split.test.labels == [1, 1])
    for set in [split.train, split.test] {
      guard case .classes(_, let classNames) = set.targets else { continue }
      #expect(classNames == ["0", "1", "2"])
    }
  }

  @Test func prefersThePlainFile() throws {
    try folder.write(gzip(idx([1], [9])), to: "val-labels-idx1-ubyte.gz")
    #expect(try DatasetSplit(folder: folder.path).test.labels == [1, 1])
  }

  /// EMNIST numbers its letters from 1.
  @Test func hasTheClassesThatOccur() throws {
    try folder.write(gzip(idx([3], [9, 1, 3])), to: "train-labels-idx1-ubyte.gz")
    let split = try DatasetSplit(folder: folder.path)
    #expect(split.train.targets.names == ["1", "3", "9"])
    #expect(split.train.labels == [2, 0, 1])
    #expect(split.test.labels == [0, 0])
    try folder.write(gzip(idx([3], [0, 0, 0])), to: "train-labels-idx1-ubyte.gz")
    let error = #expect(throws: DataError.self) { _ = try DatasetSplit(folder: folder.path) }
    #expect(error?.description.contains("all examples have the class \"0\"") == true)
  }

  @Test func refusesFoldersThatAreNone() throws {
    let missing = "\(folder.path)/none"
    #expect(throws: DataError.system(action: "open", path: missing, code: 2)) {
      _ = try DatasetSplit(folder: missing)
    }
    let file = "\(folder.path)/val-labels-idx1-ubyte"
    #expect(throws: DataError.notAFolder(path: file)) { _ = try DatasetSplit(folder: file) }
    let empty = try TemporaryFolder()
    #expect(throws: DataError.folder(path: empty.path, .empty)) {
      _ = try DatasetSplit(folder: empty.path)
    }
  }

  @Test func namesWhatIsMissingAndWhatIsThere() throws {
    let other = try TemporaryFolder()
    try other.write([1], to: "train-images-idx3-ubyte")
    try expect(
      .missing(lookedFor: ["train-labels-idx1-ubyte"], found: ["train-images-idx3-ubyte"]),
      "no file is named train-labels-idx1-ubyte, with or without .gz; "
        + "there are train-images-idx3-ubyte", in: other)
    try other.write([1], to: "train-labels-idx1-ubyte")
    let error = #expect(throws: DataError.self) { _ = try DatasetSplit(folder: other.path) }
    for prefix in ["t10k", "test", "val"] {
      #expect(error?.description.contains("\(prefix)-images-idx3-ubyte") == true)
    }
  }

  @Test func refusesTwoTestSets() throws {
    for prefix in ["t10k", "test"] { try folder.write([], to: "\(prefix)-images-idx3-ubyte") }
    try expect(
      .ambiguous(found: ["t10k-images-idx3-ubyte", "test-images-idx3-ubyte"]),
      "t10k-images-idx3-ubyte and test-images-idx3-ubyte are both candidates")
  }

  @Test func takesAValidationPartBesideATestPart() throws {
    try folder.write(idx([1, 2, 2], [1, 2, 3, 4]), to: "t10k-images-idx3-ubyte")
    try folder.write(idx([1], [2]), to: "t10k-labels-idx1-ubyte")
    let split = try DatasetSplit(folder: folder.path)
    #expect(split.validation?.labels == [1, 1])
    #expect(split.test.labels == [2])
  }

  @Test func refusesCountsThatDiffer() throws {
    try folder.write(idx([4], [1, 1, 1, 1]), to: "val-labels-idx1-ubyte")
    try expect(
      .countsDiffer(
        imageFile: "val-images-idx3-ubyte.gz", images: 2, labelFile: "val-labels-idx1-ubyte",
        labels: 4), "has 2 images, but val-labels-idx1-ubyte has 4 labels")
  }

  @Test func refusesLabelsThatTrainingLacks() throws {
    try folder.write(idx([2], [1, 3]), to: "val-labels-idx1-ubyte")
    let error = #expect(throws: DataError.self) { _ = try DatasetSplit(folder: folder.path) }
    let words = "example 1 has the class \"3\", but only these are known: 0, 1, 2"
    #expect(error?.description == "\(folder.path)/val-images-idx3-ubyte.gz: \(words)")
  }

  @Test func refusesSetsWithoutPixels() throws {
    try folder.write(idx([0], []), to: "val-labels-idx1-ubyte")
    try folder.write(idx([0, 2, 2], []), to: "val-images-idx3-ubyte.gz")
    try expect(
      .noPixels(file: "val-images-idx3-ubyte.gz", dimensions: [0, 2, 2]),
      "has the dimensions 0 x 2 x 2")
    try folder.write(idx([2], [0, 1]), to: "val-labels-idx1-ubyte")
    try folder.write(idx([2, 0, 2], []), to: "val-images-idx3-ubyte.gz")
    try expect(
      .noPixels(file: "val-images-idx3-ubyte.gz", dimensions: [2, 0, 2]),
      "has the dimensions 2 x 0 x 2")
  }

  @Test func refusesSizesThatDifferUnlessResized() throws {
    try folder.write(idx([2, 1, 3], (0..<6).map { $0 }), to: "val-images-idx3-ubyte.gz")
    let error = #expect(throws: DataError.self) { _ = try DatasetSplit(folder: folder.path) }
    let words =
      "the inputs are images of 1 x 3 pixels, but those of the training part are images of 2 x 2 "
      + "pixels; lamina train --resize 2x2 makes them equal"
    #expect(error?.description == "\(folder.path)/val-images-idx3-ubyte.gz: \(words)")
    let size = ImageSize(height: 1, width: 1)
    let split = try DataSource(folder.path, options: DataOptions(resize: size)).load()
    // The means of 0, 1, 2, 3 and so on.
    #expect(split.train.pixels == [2, 6, 10])
    #expect(split.test.imageSize == size)
  }

  private func expect(
    _ problem: FolderProblem, _ words: String, in other: TemporaryFolder? = nil,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let path = (other ?? folder).path
    let error = #expect(throws: DataError.self, sourceLocation: location) {
      _ = try DatasetSplit(folder: path)
    }
    #expect(error == .folder(path: path, problem), sourceLocation: location)
    #expect(error?.description.contains(words) == true, sourceLocation: location)
  }
}
