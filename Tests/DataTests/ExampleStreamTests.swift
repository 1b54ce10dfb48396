import Foundation
import Lamina
import Testing

@testable import LaminaData

/// Arrays, pictures and data sets as streams of examples without targets.
struct ExampleStreamTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Content {
    var bytes: [UInt8] = []
    var numbers: [Double] = []
    var files: [String] = []
    var count = 0
    var decisions: [String] = []
  }

  private func content(
    _ name: String, inputs: Int, image: ImageSize? = nil, schema: DataSchema? = nil,
    _ options: DataOptions = DataOptions()
  ) throws -> Content {
    let path = DrawnData(rawValue: name) == nil ? "\(folder.path)/\(name)" : name
    let source = DataSource(path, options: options, schema: schema)
    let stream = try source.stream(inputs: inputs, imageSize: image)
    var content = Content()
    while let block = try stream.next() {
      switch block.examples.inputs {
      case .bytes(let bytes): content.bytes += bytes
      case .floats(let floats): content.numbers += floats.map { Double($0) }
      case .doubles(let doubles): content.numbers += doubles
      }
      content.count += block.examples.count
      content.files += block.kept.first.map { texts in (0..<texts.count).map { texts[$0] } } ?? []
    }
    content.decisions = stream.decisions.map(\.description)
    #expect(try stream.next() == nil, "the end stays the end")
    return content
  }

  private func problem(_ name: String, inputs: Int, image: ImageSize? = nil) -> String {
    do { _ = try content(name, inputs: inputs, image: image) } catch { return "\(error)" }
    return ""
  }

  /// An NPY file of version 1.
  private func npy(_ type: String, _ shape: String, _ elements: [UInt8], isFortran: Bool = false)
    -> [UInt8]
  {
    let text =
      "{'descr': '\(type)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8)
      + elements
  }

  @Test func arraysOfRows() throws {
    let bytes = (0..<12).map { UInt8($0) }
    try folder.write(npy("|u1", "(4, 3)", bytes), to: "c.npy")
    #expect(try content("c.npy", inputs: 3).numbers == bytes.map { Double($0) })
    try folder.write(npy("|u1", "(4, 3)", bytes, isFortran: true), to: "f.npy")
    #expect(
      try content("f.npy", inputs: 3).numbers == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    // The last column was the target of the training data.
    let schema = DataSchema(
      columns: [.init(name: "1"), .init(name: "2")], isNamed: false, targets: ["3"],
      task: .regression, outputs: ["3"], digest: "")
    let inputs = try content("c.npy", inputs: 2, schema: schema)
    #expect(inputs.numbers == [0, 1, 3, 4, 6, 7, 9, 10])
    #expect(inputs.decisions.contains { $0.contains("target column 3 is there") })
    #expect(inputs.decisions.contains { $0.contains("are matched by position with 1, 2") })
    try folder.write(npy("|u1", "(0, 3)", []), to: "e.npy")
    #expect(try content("e.npy", inputs: 3).count == 0)
    try folder.write(npy("|u1", "(4, 3)", Array(bytes.dropLast())), to: "short.npy")
    #expect(problem("short.npy", inputs: 3).contains("short.npy: "))
    #expect(problem("c.npy", inputs: 5).contains("there are 3 columns, but"))
    // More than one block.
    let large = [UInt8](repeating: 0, count: 8 * 599_999) + [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
    try folder.write(npy("<f8", "(200000, 3)", large), to: "large.npy")
    let found = try content("large.npy", inputs: 3)
    #expect(found.count == 200_000 && found.numbers.suffix(2) == [0, 1])
  }

  @Test func imagesOfAnIDXFile() throws {
    let pixels = (0..<24).map { UInt8($0 * 10) }
    let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3]
    try folder.write(header + pixels, to: "images")
    let size = ImageSize(height: 2, width: 3)
    #expect(try content("images", inputs: 6, image: size).bytes == pixels)
    try folder.write(header + pixels + [1], to: "long")
    #expect(problem("long", inputs: 6).contains("long: "))
    try folder.write(header + pixels.dropLast(), to: "short")
    #expect(problem("short", inputs: 6).contains("short: "))
    let other = ImageSize(height: 3, width: 2)
    #expect(
      problem("images", inputs: 6, image: other).contains(
        "the inputs are images of 2 x 3 pixels, but the model takes images of 3 x 2 pixels"))
    let resized = try content(
      "images", inputs: 1, image: ImageSize(height: 1, width: 1),
      DataOptions(resize: ImageSize(height: 1, width: 1)))
    #expect(resized.bytes.count == 4)
  }

  @Test func picturesWithTheirNames() throws {
    let (grey, size) = (PictureFiles.grey, ImageSize(height: 2, width: 3))
    try folder.makeFolder("loose")
    for name in ["10", "2"] { try folder.write(grey.bytes, to: "loose/\(name).png") }
    try folder.write([1], to: "loose/notes.txt")
    let loose = try content("loose", inputs: 6, image: size)
    #expect(loose.files == ["2.png", "10.png"] && loose.bytes == grey.pixels + grey.pixels)
    #expect(loose.decisions.contains { $0.contains("no pictures: notes.txt") })
    let one = try content("loose/2.png", inputs: 6, image: size)
    #expect(one.files == ["2.png"] && one.bytes == grey.pixels)
    try folder.makeFolder("classes/a")
    try folder.makeFolder("classes/b")
    try folder.write(grey.bytes, to: "classes/b/x.png")
    try folder.write(grey.bytes, to: "classes/a/y.png")
    #expect(try content("classes", inputs: 6, image: size).files == ["a/y.png", "b/x.png"])
    try folder.write(PictureFiles.colour.bytes, to: "loose/3.png")
    #expect(problem("loose", inputs: 6, image: size).contains("2 sizes"))
    let resize = ImageSize(height: 4, width: 4)
    let resized = try content("loose", inputs: 16, image: resize, DataOptions(resize: resize))
    #expect(resized.files == ["2.png", "3.png", "10.png"] && resized.bytes.count == 48)
    #expect(resized.decisions.contains { $0.contains("some pictures have colours") })
  }

  @Test func theTestPartOfBuiltInData() throws {
    let found = try content("blobs", inputs: 2)
    let test = DrawnData.blobs.draw().test
    #expect(found.count == test.count && found.numbers.count == 2 * test.count)
    if case .doubles(let numbers) = test.inputs { #expect(found.numbers == numbers) }
    #expect(found.decisions.contains { $0.contains("predictions are for its test part") })
  }

  @Test func otherFilesAreRefused() throws {
    try folder.write(Array("%PDF-1.4 ...".utf8), to: "x.pdf")
    #expect(problem("x.pdf", inputs: 2).contains("this is a PDF document"))
    #expect(problem("missing", inputs: 2).contains("cannot open"))
  }
}
