import LaminaData
import Testing

struct IDXFileTests {
  private let folder: TemporaryFolder
  private let images = idx([2, 3, 4], (0..<24).map { $0 })

  init() throws { folder = try TemporaryFolder() }

  @Test func readsImagesAndLabels() throws {
    let file = try IDXFile(path: try folder.write(images, to: "images"), for: .examples)
    #expect(file.dimensions == [2, 3, 4])
    #expect(file.bytes == (0..<24).map { $0 })
    let labels = try IDXFile(
      path: try folder.write(idx([3], [7, 0, 9]), to: "labels"), for: .labels)
    #expect(labels.dimensions == [3])
    #expect(labels.bytes == [7, 0, 9])
  }

  @Test func readsGzipWhateverTheName() throws {
    let plain = try IDXFile(path: try folder.write(images, to: "plain.gz"), for: .examples)
    let packed = try IDXFile(path: try folder.write(gzip(images), to: "packed"), for: .examples)
    #expect(plain.bytes == packed.bytes)
  }

  @Test func readsCompressedBlocks() throws {
    // Made with Python: gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 40]) + bytes(i % 3 …)).
    let packed = "1f8b08000000000002036360e060646060d0606064220a01004024c31f30000000"
    let file = try IDXFile(path: try folder.write(hexadecimal(packed), to: "labels"), for: .labels)
    #expect(file.bytes == (0..<40).map { UInt8($0 % 3) })
  }

  @Test func readsGzipOfSeveralMembers() throws {
    let bytes = gzip([UInt8](images[..<9])) + gzip([]) + gzip([UInt8](images[9...]))
    let file = try IDXFile(path: try folder.write(bytes, to: "images"), for: .examples)
    #expect(file.bytes == (0..<24).map { $0 })
  }

  /// Padding as on tapes and disks, with so many zero bytes that they fill several buffers.
  @Test(arguments: [1, 7, 512, 600_000])
  func readsGzipWithPadding(zeros: Int) throws {
    let padding = [UInt8](repeating: 0, count: zeros)
    let bytes = gzip([UInt8](images[..<9])) + gzip([UInt8](images[9...])) + padding
    let file = try IDXFile(path: try folder.write(bytes, to: "images"), for: .examples)
    #expect(file.bytes == (0..<24).map { $0 })
    let path = try folder.write(bytes + [1], to: "images")
    let error = #expect(throws: DataError.gzip(path: path, .trailing)) {
      _ = try IDXFile(path: path, for: .examples)
    }
    #expect(error?.description.contains("other bytes follow the gzip data") == true)
  }

  @Test func readsLabelsOfEveryInteger() throws {
    let files: [(UInt8, [UInt8])] = [
      (8, [0, 7, 255]), (9, [0, 7, 255]), (11, [0, 0, 1, 0, 255, 254]),
      (12, [0, 0, 0, 0, 0, 1, 0, 0, 255, 255, 255, 253]),
    ]
    let wanted = [[0, 7, 255], [0, 7, -1], [0, 256, -2], [0, 65_536, -3]]
    for ((code, elements), numbers) in zip(files, wanted) {
      let path = try folder.write(idx([3], elements, type: code), to: "labels")
      #expect(try IDXFile(path: path, for: .labels).integers == numbers)
    }
    let path = try folder.write(idx([1], [0, 0, 0, 0], type: 13), to: "labels")
    #expect(throws: DataError.idx(path: path, .elementType(code: 13, use: .labels))) {
      _ = try IDXFile(path: path, for: .labels)
    }
    let short = try folder.write(idx([2], [0, 0, 0, 0, 1], type: 12), to: "labels")
    #expect(throws: DataError.idx(path: short, .truncated(wanted: 2, found: 1))) {
      _ = try IDXFile(path: short, for: .labels)
    }
  }

  @Test func readsAnEmptyArray() throws {
    let file = try IDXFile(
      path: try folder.write(idx([0, 28, 28], []), to: "images"), for: .examples)
    #expect(file.dimensions == [0, 28, 28])
    #expect(file.bytes.isEmpty)
  }

  private static let refusals: [([UInt8], IDXProblem, String)] = [
    ([], .notIDX(start: []), "starts with bytes []"),
    ([0, 0], .notIDX(start: [0, 0]), "starts with bytes [0, 0]"),
    ([0x89, 0x50, 0x4e, 0x47, 1], .notIDX(start: [0x89, 0x50, 0x4e, 0x47]), "[137, 80, 78, 71]"),
    (
      [0, 0, 0x0d, 3], .elementType(code: 0x0d, use: .examples),
      "32-bit floats (type 13); inputs must be unsigned bytes (type 8)"
    ),
    ([0, 0, 0x77, 3], .elementType(code: 0x77, use: .examples), "the unknown type 119"),
    (
      idx([4], [1, 2, 3, 4]), .rank(found: 1, use: .examples),
      "dimensions is 1, but images have 3 and rows of numbers 2"
    ),
    ([0, 0, 8, 3, 0, 0], .headerTruncated(wanted: 16, found: 6), "after 6 of 16 bytes"),
    (
      idx([0xffff_ffff, 0xffff_ffff, 0xffff_ffff], []),
      .tooLarge(dimensions: [0xffff_ffff, 0xffff_ffff, 0xffff_ffff]),
      "4294967295 x 4294967295 x 4294967295"
    ),
    (idx([2, 2, 2], [1, 2, 3]), .truncated(wanted: 8, found: 3), "8 elements, but there are 3"),
    (
      idx([1, 2, 2], [1, 2, 3, 4, 5, 6]), .tooLong(wanted: 4, foundAtLeast: 6),
      "declares 4 elements, but there are at least 6"
    ),
    (
      gzip(idx([1, 2, 2], [1, 2, 3])), .truncated(wanted: 4, found: 3),
      "declares 4 elements, but there are 3"
    ),
    (
      gzip(idx([1, 2, 2], [UInt8](repeating: 1, count: 60_000))),
      .tooLong(wanted: 4, foundAtLeast: 5), "declares 4 elements, but there are at least 5"
    ),
    (
      gzip(idx([60_000, 28, 28], [])), .cannotHold(wanted: 47_040_000, most: 40_232),
      "declares 47040000 elements, but a gzip file of this length has at most 40232"
    ),
  ]

  @Test(arguments: IDXFileTests.refusals)
  func refuses(bytes: [UInt8], problem: IDXProblem, words: String) throws {
    let path = try folder.write(bytes, to: "images")
    let error = #expect(throws: DataError.self) { _ = try IDXFile(path: path, for: .examples) }
    #expect(error == .idx(path: path, problem))
    #expect(error?.description.contains(words) == true)
    #expect(error?.description.hasPrefix(path) == true)
  }

  @Test func refusesGzipThatEndsEarly() throws {
    let packed = gzip(images)
    for count in [2, 12, packed.count - 9, packed.count - 1] {
      let path = try folder.write([UInt8](packed[..<count]), to: "images")
      #expect(throws: DataError.gzip(path: path, .endsEarly)) {
        _ = try IDXFile(path: path, for: .examples)
      }
    }
  }

  @Test func refusesDamagedGzip() throws {
    var packed = gzip(images)
    packed[packed.count - 8] ^= 1
    let path = try folder.write(packed, to: "images")
    let reason = GzipProblem.damaged(reason: "incorrect data check")
    #expect(throws: DataError.gzip(path: path, reason)) {
      _ = try IDXFile(path: path, for: .examples)
    }
    try folder.write(gzip(images) + [1, 2, 3, 4], to: "images")
    #expect(throws: DataError.gzip(path: path, .trailing)) {
      _ = try IDXFile(path: path, for: .examples)
    }
  }

  @Test func refusesWhatIsNoFile() {
    #expect(throws: DataError.notAFile(path: folder.path)) {
      _ = try IDXFile(path: folder.path, for: .examples)
    }
    #expect(throws: DataError.notAFile(path: "/dev/zero")) {
      _ = try IDXFile(path: "/dev/zero", for: .examples)
    }
    let error = #expect(throws: DataError.self) {
      _ = try IDXFile(path: "\(folder.path)/none", for: .examples)
    }
    #expect(error?.description == "cannot open \(folder.path)/none: No such file or directory")
  }
}
