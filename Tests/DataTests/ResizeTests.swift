import Lamina
import LaminaData
import Testing

/// Compares resampled pictures with the bytes of Pillow's `resize(size, BILINEAR)`.
struct ResizeTests {
  private static let pixels: [UInt8] = [
    0, 46, 110, 192, 193, 212, 249, 48, 121, 113, 123, 151, 197, 5, 87, 88, 107, 144, 199, 16, 8,
    18, 46, 92, 156, 238, 239, 2, 39, 94, 167, 159, 169, 197, 243,
  ]
  private static let wanted: [(ImageSize, [UInt8])] = [
    (
      ImageSize(height: 4, width: 3),
      [56, 157, 196, 93, 134, 91, 65, 150, 111, 79, 161, 194]
    ),
    (
      ImageSize(height: 2, width: 7),
      [40, 86, 110, 151, 179, 163, 83, 42, 74, 120, 153, 203, 173, 80]
    ),
    (ImageSize(height: 1, width: 1), [124]),
    (
      ImageSize(height: 5, width: 14),
      [
        0, 12, 35, 62, 94, 131, 172, 192, 193, 198, 207, 221, 240, 249, 48, 66, 103, 119, 115, 116,
        121, 130, 144, 163, 186, 149, 53, 5, 87, 87, 88, 93, 102, 116, 135, 158, 185, 153, 62, 14,
        10, 8, 18, 25, 39, 58, 81, 108, 140, 177, 218, 238, 239, 180, 61, 2, 39, 53, 80, 112, 149,
        165, 161, 162, 167, 176, 190, 209, 232, 243,
      ]
    ),
  ]

  private let folder: TemporaryFolder

  /// IDX files with a picture of 5 x 7 pixels twice in the training part and once in the test part.
  init() throws {
    folder = try TemporaryFolder()
    let pixels = Self.pixels
    try folder.write(idx([2, 5, 7], pixels + pixels), to: "train-images-idx3-ubyte")
    try folder.write(idx([2], [0, 1]), to: "train-labels-idx1-ubyte")
    try folder.write(idx([1, 5, 7], pixels), to: "t10k-images-idx3-ubyte")
    try folder.write(idx([1], [1]), to: "t10k-labels-idx1-ubyte")
  }

  @Test func hasTheBytesOfPillow() throws {
    for (size, pixels) in Self.wanted {
      let split = try DataSource(folder.path, options: DataOptions(resize: size)).load()
      #expect(split.test.pixels == pixels)
      #expect(split.train.pixels == pixels + pixels)
      #expect(split.train.imageSize == size && split.train.features == pixels.count)
    }
    let same = DataOptions(resize: ImageSize(height: 5, width: 7))
    #expect(try DataSource(folder.path, options: same).load().test.pixels == Self.pixels)
  }

  @Test func makesFoldersOfMixedPicturesOneSize() throws {
    let pictures = try TemporaryFolder()
    for name in ["a", "b"] {
      try pictures.makeFolder(name)
      try pictures.write(PictureFiles.grey.bytes, to: "\(name)/1.png")
      try pictures.write(JPEGFiles.colour.bytes, to: "\(name)/2.jpg")
      try pictures.write(PictureFiles.bitmap24.bytes, to: "\(name)/3.bmp")
    }
    let size = ImageSize(height: 2, width: 3)
    let options = DataOptions(resize: size, testShare: 0.5)
    let split = try DataSource(pictures.path, options: options).load()
    #expect(split.train.count + split.test.count == 6)
    #expect(split.train.imageSize == size)
    let error = #expect(throws: DataError.self) { try DataSource(pictures.path).load() }
    let words =
      "the 6 pictures have 3 sizes: 2 of 2 x 3 pixels (a/1.png), 2 of 6 x 9 pixels (a/2.jpg), "
      + "2 of 2 x 2 pixels (a/3.bmp); lamina train --resize 2x3 makes them equal"
    #expect(error?.description == "\(pictures.path): \(words)")
  }

  /// Byte arrays of three dimensions are pictures, whose sizes may differ between the parts.
  @Test func resizesArrays() throws {
    func array(_ shape: String, _ elements: [UInt8]) -> [UInt8] {
      NumpyFiles.npy("{'descr': '|u1', 'fortran_order': False, 'shape': \(shape)}", elements)
    }
    let arrays = try TemporaryFolder()
    try arrays.write(array("(2, 5, 7)", Self.pixels + Self.pixels), to: "x_train.npy")
    try arrays.write(array("(1, 1, 2)", [10, 20]), to: "x_test.npy")
    try arrays.write(array("(2,)", [0, 1]), to: "y_train.npy")
    try arrays.write(array("(1,)", [1]), to: "y_test.npy")
    let options = DataOptions(task: .classification, resize: ImageSize(height: 1, width: 1))
    let split = try DataSource(arrays.path, options: options).load()
    #expect(split.train.pixels == [124, 124] && split.test.pixels == [15])
  }

  @Test func refusesWhatIsNoPictureOrNoSize() throws {
    func words(_ path: String, _ height: Int, _ width: Int) -> String {
      let options = DataOptions(resize: ImageSize(height: height, width: width))
      do { return "\(try DataSource(path, options: options).load())" } catch { return "\(error)" }
    }
    let table = try folder.write(Array("1,2,a\n3,4,b\n".utf8), to: "t.csv")
    let rows = try folder.write(NumpyFiles.floats, to: "t.npy")
    for (path, reason) in [
      (table, "a table has no pictures"), ("digits", "it does not apply to built-in data"),
      (rows, "the inputs are not pictures"),
    ] {
      let sentence = words(path, 2, 2)
      #expect(sentence.contains("option resize cannot be used here: \(reason)"), "\(sentence)")
    }
    for (height, width) in [(0, 2), (2, -1), (1 << 20, 1 << 20), (Int.max, Int.max)] {
      #expect(words(folder.path, height, width).contains("from 1 to 16777216 in total"))
    }
  }
}
