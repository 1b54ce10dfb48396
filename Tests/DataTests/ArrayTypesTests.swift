import Lamina
import LaminaData
import Testing

/// Arrays of every type that numpy writes, in little-endian and big-endian byte order.
struct ArrayTypesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func npy(_ type: String, _ shape: String, _ bytes: [UInt8]) -> [UInt8] {
    NumpyFiles.npy("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape)}", bytes)
  }

  private func read(
    x: [UInt8], y: [UInt8], _ options: DataOptions = DataOptions()
  ) throws -> LoadedData {
    let path = try folder.write(
      NumpyFiles.zip([
        ("x_train.npy", x), ("y_train.npy", y), ("x_test.npy", x), ("y_test.npy", y),
      ]), to: "a.npz")
    return try DataSource(path, options: options).read()
  }

  /// Classes 0, 1, 0, 1 for four rows.
  private var classes: [UInt8] { npy("|u1", "(4,)", [0, 1, 0, 1]) }
  private var numbers: [UInt8] { npy("|i1", "(4, 1)", [1, 2, 3, 4]) }

  @Test(
    arguments: [
      ("|b1", [0, 1, 1, 0], [0, 1, 1, 0]), ("|u1", [0, 1, 200, 255], [0, 1, 200, 255]),
      ("|i1", [0, 1, 200, 255], [0, 1, -56, -1]),
      ("<u2", [0, 1, 2, 0, 255, 255, 0, 128], [256, 2, 65535, 32768]),
      (">i2", [0, 1, 255, 254, 1, 0, 127, 255], [1, -2, 256, 32767]),
      (
        "<u4", [0, 0, 0, 128] + [1, 0, 0, 0] + [2, 0, 0, 0] + [255, 255, 255, 255],
        [2_147_483_648, 1, 2, 4_294_967_295]
      ),
      // 1, -2, the largest number, 65504, and the smallest, 2^-24.
      ("<f2", [0, 60, 0, 192, 255, 123, 1, 0], [1, -2, 65504, 5.9604644775390625e-8]),
      (">f2", [60, 0, 192, 0, 123, 255, 0, 1], [1, -2, 65504, 5.9604644775390625e-8]),
    ] as [(String, [UInt8], [Double])])
  func numbersOfEveryWidthAreRead(
    _ type: String, _ bytes: [UInt8], _ expected: [Double]
  ) throws {
    let data = try read(x: npy(type, "(4, 1)", bytes), y: classes)
    #expect(data.split.train.numbers == expected)
    #expect(data.split.train.pixels.isEmpty)
  }

  @Test func unsignedNumbersOf64BitsAreRead() throws {
    let large: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 128]
    let small: [UInt8] = [7, 0, 0, 0, 0, 0, 0, 0]
    let data = try read(x: npy("<u8", "(4, 1)", large + small + small + large), y: classes)
    #expect(data.split.train.numbers == [9.223372036854775808e18, 7, 7, 9.223372036854775808e18])
    // Doubles represent neither the largest number nor the whole number after 2^53.
    for (type, bytes) in [
      ("<u8", [UInt8](repeating: 255, count: 8)), ("<i8", [1, 0, 0, 0, 0, 0, 32, 0]),
    ] {
      let error = #expect(throws: DataError.self) {
        try read(x: npy(type, "(4, 1)", bytes.repeated(4)), y: classes)
      }
      #expect(error?.description.contains("64-bit floats cannot tell") == true)
    }
    let labels = try read(
      x: numbers, y: npy("<u8", "(4,)", small + small + small + [UInt8](repeating: 0, count: 8)))
    #expect(labels.split.train.targets.names == ["0", "7"])
  }

  @Test func targetsMayBeTexts() throws {
    func wide(_ text: String) -> [UInt8] {
      (Array(text.unicodeScalars.map(\.value)) + [0, 0, 0]).prefix(3)
        .flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    }
    let texts = try read(
      x: numbers, y: npy("<U3", "(4,)", wide("cat") + wide("ox") + wide("cat") + wide("ä")))
    #expect(texts.split.train.targets.names == ["cat", "ox", "ä"])
    #expect(texts.split.train.labels == [0, 1, 0, 2])
    let bytes = try read(x: numbers, y: npy("|S2", "(4,)", Array("b\0aab\0aa".utf8)))
    #expect(bytes.split.train.labels == [1, 0, 1, 0])
    for (x, y, words) in [
      (npy("|S1", "(4, 1)", Array("abab".utf8)), classes, "inputs must be numbers"),
      (numbers, npy("|S1", "(4,)", [97, 97, 98, 255]), "are not valid Unicode"),
      (numbers, npy("<U1", "(4,)", [UInt8](repeating: 255, count: 16)), "are not valid Unicode"),
    ] {
      let error = #expect(throws: DataError.self) { try read(x: x, y: y) }
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
  }

  @Test(arguments: [
    ("<c8", "complex numbers"), ("|O", "Python objects"), ("<M8[s]", "dates"),
    ("<m8[s]", "spans of time"), ("|V4", "records"), ("<f16", "floats of this size"),
    ("<i3", "only booleans"), ("<U0", "only booleans"), ("<q", "only booleans"),
  ])
  func otherTypesAreRefusedWithAReason(_ type: String, _ reason: String) {
    let error = #expect(throws: DataError.self) {
      try read(x: npy(type, "(4, 1)", [UInt8](repeating: 0, count: 64)), y: classes)
    }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  /// 0 and 1 mean the same in every type.
  @Test func bytesArePixelsOnlyInPictures() throws {
    let table = try read(x: npy("|u1", "(4, 4)", (0..<16).map { $0 }), y: classes)
    #expect(table.split.train.numbers == (0..<16).map { Double($0) })
    #expect(InputScaling.Method.usual(for: table.split.train) == .standard)
    #expect(
      table.decisions.contains {
        $0.text == "x_train: unsigned bytes of 2 dimensions are numbers, not pixels"
      })
    for shape in ["(4, 2, 2)", "(4, 2, 2, 1)"] {
      let pictures = try read(x: npy("|u1", shape, (0..<16).map { $0 }), y: classes)
      #expect(pictures.split.train.pixels == (0..<16).map { $0 })
      #expect(pictures.split.train.imageSize == ImageSize(height: 2, width: 2))
      #expect(pictures.decisions.contains { $0.text.hasSuffix("are pixels") })
    }
    let booleans = try read(
      x: npy("|b1", "(4, 2, 2)", [UInt8](repeating: 1, count: 16)), y: classes)
    #expect(booleans.split.train.numbers == [Double](repeating: 1, count: 16))
  }

  @Test func oneHotRowsAreClassesWhenSaid() throws {
    let y = npy("<f4", "(4, 2)", [0, 0, 128, 63, 0, 0, 0, 0].repeated(4))
    #expect(try read(x: numbers, y: y).schema.task == .multiLabel)
    let classes = try? read(x: numbers, y: y, DataOptions(task: .classification))
    #expect(classes?.split.train.labels == [0, 0, 0, 0])
    #expect(classes?.schema.outputs == ["0", "1"])
  }
}

extension [UInt8] {
  fileprivate func repeated(_ times: Int) -> [UInt8] { (0..<times).flatMap { _ in self } }
}
