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

  @Test func hasTwoClassesAtLeast() throws {
    try folder.write(gzip(idx([3], [0, 0, 0])), to: "train-labels-idx1-ubyte.gz")
    #expect(try DatasetSplit(folder: folder.path).train.outputs == 2)
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

  @Test func namesWhatIsMissing() throws {
    let other = try TemporaryFolder()
    try other.write([1], to: "train-images-idx3-ubyte")
    try expect(
      .missing(lookedFor: ["train-labels-idx1-ubyte", "train-labels-idx1-ubyte.gz"]),
      "no file is named train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz", in: other)
    try other.write([1], to: "train-labels-idx1-ubyte")
    let error = #expect(throws: DataError.self) { _ = try DatasetSplit(folder: other.path) }
    for prefix in ["t10k", "test", "val"] {
      #expect(error?.description.contains("\(prefix)-images-idx3-ubyte.gz") == true)
    }
  }

  @Test func refusesTwoTestSets() throws {
    try folder.write([], to: "t10k-images-idx3-ubyte")
    try expect(
      .ambiguous(found: ["t10k-images-idx3-ubyte", "val-images-idx3-ubyte.gz"]),
      "t10k-images-idx3-ubyte and val-images-idx3-ubyte.gz could both serve")
  }

  @Test func refusesCountsThatDiffer() throws {
    try folder.write(idx([4], [1, 1, 1, 1]), to: "val-labels-idx1-ubyte")
    try expect(
      .countsDiffer(
        imageFile: "val-images-idx3-ubyte.gz", images: 2, labelFile: "val-labels-idx1-ubyte",
        labels: 4), "has 2 images and val-labels-idx1-ubyte has 4 labels")
  }

  @Test func refusesLabelsBeyondTheClasses() throws {
    try folder.write(idx([2], [1, 3]), to: "val-labels-idx1-ubyte")
    try expect(
      .label(file: "val-labels-idx1-ubyte", index: 1, label: 3, classes: 3),
      "has label 3 at index 1, and the training labels know only 0 to 2 (3 classes)")
  }

  @Test func refusesSetsWithoutPixels() throws {
    try folder.write(idx([0], []), to: "val-labels-idx1-ubyte")
    try folder.write(idx([0, 2, 2], []), to: "val-images-idx3-ubyte.gz")
    try expect(
      .noPixels(
        file: "val-images-idx3-ubyte.gz", count: 0, size: ImageSize(height: 2, width: 2)),
      "has 0 images of 2 x 2 pixels")
    try folder.write(idx([2], [0, 1]), to: "val-labels-idx1-ubyte")
    try folder.write(idx([2, 0, 2], []), to: "val-images-idx3-ubyte.gz")
    try expect(
      .noPixels(
        file: "val-images-idx3-ubyte.gz", count: 2, size: ImageSize(height: 0, width: 2)),
      "has 2 images of 0 x 2 pixels")
  }

  @Test func refusesSizesThatDiffer() throws {
    try folder.write(idx([2, 1, 3], (0..<6).map { $0 }), to: "val-images-idx3-ubyte.gz")
    try expect(
      .sizesDiffer(
        train: ImageSize(height: 2, width: 2), test: ImageSize(height: 1, width: 3)),
      "training images are 2 x 2 pixels and the test images 1 x 3")
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
