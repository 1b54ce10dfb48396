import Lamina
import Testing

@testable import LaminaData

/// Folders of IDX files as published, and as renamed by other programs.
struct IDXNameTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Three training pictures of classes 2, 0 and 1, and one test picture of class 1.
  private func write(_ names: [String], below prefix: String = "") throws {
    let contents = [
      idx([3, 1, 2], [1, 2, 3, 4, 5, 6]), idx([3], [2, 0, 1]), idx([1, 1, 2], [7, 8]),
      idx([1], [1]),
    ]
    for (name, content) in zip(names, contents) where !name.isEmpty {
      let bytes = name.hasSuffix(".gz") ? gzip(content) : content
      try folder.write(bytes, to: prefix + name)
    }
  }

  private func words(_ path: String? = nil) -> String {
    do { return "\(try DataSource(path ?? folder.path).load())" } catch { return "\(error)" }
  }

  @Test(arguments: [
    // MNIST, Fashion-MNIST, KMNIST.
    "train-images-idx3-ubyte.gz train-labels-idx1-ubyte.gz t10k-images-idx3-ubyte.gz "
      + "t10k-labels-idx1-ubyte.gz",
    // Names as written by archive programs.
    "train-images.idx3-ubyte train-labels.idx1-ubyte t10k-images.idx3-ubyte t10k-labels.idx1-ubyte",
    // Names without the type, and without any suffix.
    "train-images-idx3 train-labels-idx1 t10k-images.idx t10k-labels.idx",
    "train-images train-labels.gz test_images test_labels",
    // EMNIST and QMNIST.
    "emnist-letters-train-images-idx3-ubyte.gz emnist-letters-train-labels-idx1-ubyte.gz "
      + "emnist-letters-test-images-idx3-ubyte.gz emnist-letters-test-labels-idx1-ubyte.gz",
    "qmnist-train-images-idx3-ubyte qmnist-train-labels-idx1-int "
      + "qmnist-test-images-idx3-ubyte qmnist-test-labels-idx1-int",
    "Train-Images.IDX3-ubyte Train-Labels.IDX1-ubyte val-images.idx3 val-labels.idx1",
  ])
  func readsNames(names: String) throws {
    try write(names.split(separator: " ").map(String.init))
    try folder.write(Array("a 1".utf8), to: "emnist-letters-mapping.txt")
    try folder.makeFolder("train-images-idx3-ubyte.d")
    let split = try DataSource(folder.path).load()
    #expect(split.train.labels == [2, 0, 1])
    #expect(split.test.pixels == [7, 8])
  }

  @Test func readsTheLabelsOfQMNIST() throws {
    func label(_ number: UInt8) -> [UInt8] { [0, 0, 0, number] + [UInt8](repeating: 9, count: 28) }
    try write(["qmnist-train-images-idx3-ubyte", "", "qmnist-test-images-idx3-ubyte"])
    try folder.write(
      idx([3, 8], label(4) + label(0) + label(7), type: 12), to: "qmnist-train-labels-idx2-int")
    try folder.write(gzip(idx([1, 8], label(7), type: 12)), to: "qmnist-test-labels-idx2-int.gz")
    let split = try DataSource(folder.path).load()
    #expect(split.train.targets.names == ["0", "4", "7"])
    #expect(split.train.labels == [1, 0, 2] && split.test.labels == [2])
    let parts = try IDXFolder(path: folder.path).parts()
    #expect(parts.train.decisions.map(\.subject) == ["label-columns"])
    try folder.write(idx([3, 2], [1, 0, 0, 1, 1, 0]), to: "qmnist-train-labels-idx2-int")
    #expect(words().contains("dimensions 3 x 2, but one label per image is needed"))
  }

  /// Kuzushiji-49 is published as archives with one array each.
  @Test func readsArchivesOfOneArray() throws {
    let images = NumpyFiles.npy(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 1, 2)}", [1, 2, 3, 4, 5, 6])
    let labels = NumpyFiles.npy(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", [2, 0, 1])
    for part in ["train", "test"] {
      for (content, array) in [("imgs", images), ("labels", labels)] {
        let archive = NumpyFiles.zip([("arr_0.npy", array)])
        try folder.write(archive, to: "k49-\(part)-\(content).npz")
      }
    }
    try folder.write(Array("index,codepoint,char\n".utf8), to: "k49_classmap.csv")
    let split = try DataSource(folder.path, options: DataOptions(task: .classification)).load()
    #expect(split.train.labels == [2, 0, 1])
    #expect(split.test.pixels == [1, 2, 3, 4, 5, 6] && split.test.imageSize?.width == 2)
  }

  @Test func takesRowsForNumbers() throws {
    try write(["", "train-labels-idx1-ubyte", "", "test-labels-idx1-ubyte"])
    try folder.write(idx([3, 2], [1, 2, 3, 4, 5, 255]), to: "train-images-idx2-ubyte")
    try folder.write(idx([1, 2], [7, 8]), to: "test-images-idx2-ubyte")
    let split = try DataSource(folder.path).load()
    #expect(split.train.numbers == [1, 2, 3, 4, 5, 255] && split.train.imageSize == nil)
  }

  @Test func refusesSeveralSets() throws {
    for set in ["emnist-letters-", "emnist-digits-", ""] {
      try write(["\(set)train-images-idx3-ubyte", "\(set)train-labels-idx1-ubyte"])
    }
    #expect(
      words().contains(
        "contains files of 3 data sets (one without a name, emnist-digits, emnist-letters); put"))
  }

  @Test func namesTheFolderBelow() throws {
    for below in ["raw/", "MNIST/raw/"] {
      let outer = try TemporaryFolder()
      try outer.makeFolder(String(below.dropLast()))
      try outer.write(idx([1], [1]), to: below + "train-labels-idx1-ubyte")
      #expect(words(outer.path).contains("the IDX files are in the folder \"\(below.dropLast())\""))
    }
  }

  @Test func listsWhatIsThereUnderOtherNames() throws {
    try folder.write(idx([1], [1]), to: "labels-idx1-ubyte")
    #expect(
      words().contains(
        "no file is named train-images-idx3-ubyte, with or without .gz"))
    #expect(words().contains("there are labels-idx1-ubyte"))
  }
}
