import LaminaData
import Testing

struct SafetensorsTests {
  private let folder: TemporaryFolder
  private let path: String

  private static let sample = Safetensors(
    metadata: ["note": "a \"b\"\n\té\u{1}"],
    tensors: [
      .init(name: "a", shape: [2], values: [1.5, -2]),
      .init(name: "b", shape: [2, 3], values: [0, 1, 2, 3, 4, 5]),
      .init(name: "scalar", shape: [], values: [3]),
      .init(name: "void", shape: [0, 4], values: []),
    ])

  /// The sample as written by Python's `safetensors.numpy.save` (0.8.0).
  private static let golden: [UInt8] = {
    let header =
      #"{"__metadata__":{"note":"a \"b\"\n\té\u0001"},"#
      + #""a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
      + #""b":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"#
      + #""scalar":{"dtype":"F32","shape":[],"data_offsets":[32,36]},"#
      + #""void":{"dtype":"F32","shape":[0,4],"data_offsets":[36,36]}}     "#
    let data = "0000c03f000000c0000000000000803f000000400000404000008040 0000a04000004040"
    return hexadecimal("1801000000000000") + [UInt8](header.utf8) + hexadecimal(data)
  }()

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/model.safetensors"
  }

  @Test func writesWhatPythonWrites() throws {
    try Self.sample.write(to: path)
    #expect(try folder.read("model.safetensors") == Self.golden)
    #expect(try folder.names == ["model.safetensors"])
  }

  @Test func readsWhatPythonWrites() throws {
    try folder.write(Self.golden, to: "model.safetensors")
    #expect(try Safetensors(path: path) == Self.sample)
  }

  @Test func keepsEveryBitPattern() throws {
    let values = [Float.infinity, -0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .nan]
    try Safetensors(tensors: [.init(name: "x", shape: [5], values: values)]).write(to: path)
    let read = try #require(try Safetensors(path: path)["x"])
    #expect(read.values.map(\.bitPattern) == values.map(\.bitPattern))
    #expect(try Safetensors(path: path)["y"] == nil)
  }

  @Test func writesNothingAtAll() throws {
    try Safetensors().write(to: path)
    #expect(try folder.read("model.safetensors") == littleEndian(8) + [UInt8]("{}      ".utf8))
    #expect(try Safetensors(path: path) == Safetensors())
  }

  @Test func orderOfMetadataDoesNotMatter() throws {
    let notes = (0..<50).map { ("note \($0)", "\($0)") }
    try Safetensors(metadata: .init(uniqueKeysWithValues: notes)).write(to: path)
    let first = try folder.read("model.safetensors")
    try Safetensors(metadata: .init(uniqueKeysWithValues: notes.reversed())).write(to: path)
    #expect(try folder.read("model.safetensors") == first)
  }

  private static let refusals: [([Safetensors.Tensor], SafetensorsProblem, String)] = [
    (
      [.init(name: "x", shape: [2, 2], values: [1, 2, 3])],
      .valueCount(tensor: "x", shape: [2, 2], found: 3), "x has 3 values"
    ),
    (
      [.init(name: "x", shape: [-1, -1], values: [1])],
      .valueCount(tensor: "x", shape: [-1, -1], found: 1), "shape [-1, -1]"
    ),
    (
      [.init(name: "x", shape: [1], values: [1]), .init(name: "x", shape: [0], values: [])],
      .duplicate(tensor: "x"), "two tensors are named x"
    ),
    (
      [.init(name: "__metadata__", shape: [0], values: [])],
      .reservedName(tensor: "__metadata__"), "no tensor can be named __metadata__"
    ),
    (
      [.init(name: "x", shape: [Int](repeating: 1, count: 9), values: [1])],
      .rank(tensor: "x", found: 9, limit: 8), "x has 9 dimensions"
    ),
    (
      (0...4096).map { .init(name: "\($0)", shape: [0], values: []) },
      .tooManyTensors(count: 4097, limit: 4096), "4097 tensors"
    ),
    (
      [.init(name: String(repeating: "x", count: 1 << 20), shape: [0], values: [])],
      .headerTooLong(length: 1_048_632, limit: 1 << 20), "1048632 bytes"
    ),
  ]

  @Test(arguments: SafetensorsTests.refusals)
  func refusesToWrite(
    tensors: [Safetensors.Tensor], problem: SafetensorsProblem, words: String
  ) throws {
    let error = #expect(throws: DataError.self) {
      try Safetensors(tensors: tensors).write(to: path)
    }
    #expect(error == .safetensors(path: path, problem))
    #expect(error?.description.contains(words) == true)
    #expect(try folder.names == [])
  }
}
