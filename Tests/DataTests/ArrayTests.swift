import Lamina
import LaminaData
import Testing

struct ArrayTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The matrix in an NPY file, with all columns as inputs.
  private func load(_ bytes: [UInt8]) throws -> Dataset {
    let path = try folder.write(bytes, to: "a.npy")
    return try DataSource(path, options: DataOptions(task: .autoEncoding, test: path)).load().train
  }

  @Test func readsWhatNumpyWrites() throws {
    let floats = [1.5, -2, 3, 4, 5.25, 6]
    for file in [NumpyFiles.floats, NumpyFiles.fortranDoubles] {
      let matrix = try load(file)
      #expect(matrix.numbers == floats)
      #expect(matrix.features == 3)
    }
    #expect(try load(NumpyFiles.bigEndianIntegers).numbers == [1, -2, 70000, 4])
    let cube = try load(NumpyFiles.fortranIntegers)
    #expect(cube.numbers == (0..<12).map { Double($0) })
    #expect(cube.imageSize == ImageSize(height: 3, width: 2))
    let bytes = NumpyFiles.npy(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2)}", [1, 2, 3, 255])
    #expect(try load(bytes).numbers == [1, 2, 3, 255])
    let pictures = NumpyFiles.npy(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2)}", [1, 2, 3, 255])
    #expect(try load(pictures).pixels == [1, 2, 3, 255])
  }

  @Test func columnsOfAMatrixCanBeTargets() throws {
    let path = try folder.write(NumpyFiles.floats, to: "a.npy")
    let options = DataOptions(targetColumns: [-1, 1], test: path)
    let matrix = try DataSource(path, options: options).load().train
    #expect(matrix.numbers == [-2, 5.25])
    #expect(matrix.values == [3, 1.5, 6, 4])
    #expect(matrix.targets.names == ["3", "1"])
  }

  @Test func readsAnArchiveWithParts() throws {
    let split = try DataSource(folder.write(NumpyFiles.archive, to: "digits.npz")).load()
    #expect(split.train.pixels == (0..<16).map { UInt8($0) })
    #expect(split.train.labels == [0, 1, 0, 1])
    #expect(split.train.imageSize == ImageSize(height: 2, width: 2))
    #expect(split.test.pixels == [0, 1, 2, 3])
    #expect(split.test.labels == [1])
  }

  @Test func readsStoredArchivesAndFolders() throws {
    let targets = NumpyFiles.npy(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)}",
      [0, 0, 0, 0x3f, 0, 0, 0x80, 0x3f])
    let options = DataOptions(testShare: 0.5)
    let path = try folder.write(
      NumpyFiles.zip([("X.npy", NumpyFiles.floats), ("y.npy", targets)]), to: "set.npz")
    let arrays = try TemporaryFolder()
    try arrays.write(NumpyFiles.floats, to: "X.npy")
    try arrays.write(targets, to: "y.npy")
    for source in [path, arrays.path] {
      let split = try DataSource(source, options: options).load()
      #expect(split.train.values + split.test.values == [0.5, 1] || split.test.values == [0.5])
      #expect(Set(split.train.numbers + split.test.numbers) == [1.5, -2, 3, 4, 5.25, 6])
    }
  }

  @Test(
    arguments: [
      ([], "no column is left"),
      (Array(NumpyFiles.floats.prefix(9)), "ends inside its header"),
      (Array(NumpyFiles.floats.prefix(100)), "ends inside its header"),
      (Array(NumpyFiles.floats.dropLast()), "the shape [2, 3] needs 24 bytes, but there are 23"),
      (NumpyFiles.floats + [0], "the shape [2, 3] needs 24 bytes, but there are 25"),
      ([0x93] + Array("NUMPY".utf8) + [9, 0, 0, 0], "the NPY format has version 9"),
      (NumpyFiles.npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}"), "\"<c8\""),
      (NumpyFiles.npy("{'descr': 'f', 'fortran_order': False, 'shape': (1,)}"), "\"f\""),
      (
        NumpyFiles.npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}"),
        "expected a string, found \"[('a', '<f4')], 'for\""
      ),
      (
        NumpyFiles.npy("{'descr': '<f4', 'shape': (1,)}"), "'fortran_order' must be True or False"
      ),
      (NumpyFiles.npy("{'descr': '<f4', 'fortran_order': False}"), "'shape' must be a tuple"),
      (
        NumpyFiles.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"), "a whole number"
      ),
      (
        NumpyFiles.npy(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999)}"),
        "more elements than memory can hold"
      ),
      (
        NumpyFiles.npy(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}"),
        "expected a whole number"
      ),
      (NumpyFiles.npy("{'descr': '<f4', 'descr': '<f4'}"), "'descr' occurs twice"),
      (NumpyFiles.npy("'descr'"), "expected {"),
      (
        NumpyFiles.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3)}"),
        "has the shape [0, 3]"
      ),
      (
        NumpyFiles.npy(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}",
          [0, 0, 0, 0, 0, 0, 0x80, 0x7f]),
        "has an element at index 1 that is not a finite"
      ),
    ] as [([UInt8], String)])
  func saysWhatIsWrong(bytes: [UInt8], words: String) throws {
    let error = #expect(throws: DataError.self) { try load(bytes) }
    let expected = bytes.isEmpty ? "this is an empty file" : words
    #expect("\(error.map { "\($0)" } ?? "")".contains(expected), "\(String(describing: error))")
  }

  @Test func saysWhatIsWrongWithArchives() throws {
    func words(_ bytes: [UInt8]) throws -> String {
      let path = try folder.write(bytes, to: "a.npz")
      let error = #expect(throws: DataError.self) { try DataSource(path).load() }
      return error.map { "\($0)" } ?? ""
    }
    var broken = NumpyFiles.archive
    broken[70] ^= 1
    #expect(try words(broken).contains("\"x_train.npy\" is damaged"))
    #expect(try words(Array(NumpyFiles.archive.dropLast(30))).contains("this is not a ZIP archive"))
    #expect(try words(NumpyFiles.zip([])).contains("there are none"))
    let y = NumpyFiles.npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", [0, 1, 1])
    let x = ("x.npy", NumpyFiles.floats)
    #expect(try words(NumpyFiles.zip([x])).contains("no array is named y or target"))
    #expect(
      try words(NumpyFiles.zip([x, ("y.npy", y)]))
        .contains("y has the shape [3], but one or more values for each of 2 rows"))
    var encrypted = NumpyFiles.zip([x, ("y.npy", y)])
    let directory = try #require(encrypted.firstRange(of: [0x50, 0x4b, 1, 2]))
    encrypted[directory.lowerBound + 8] = 1
    #expect(try words(encrypted).contains("\"x.npy\" is encrypted"))
    encrypted[directory.lowerBound + 8] = 0
    encrypted[directory.lowerBound + 10] = 12
    #expect(try words(encrypted).contains("\"x.npy\" is compressed by method 12"))
  }
}
