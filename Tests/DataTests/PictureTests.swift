import Lamina
import LaminaData
import Testing

struct PictureTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func add(_ bytes: [UInt8], _ name: String) throws {
    try folder.makeFolder(String(name.split(separator: "/")[0]))
    try folder.write(bytes, to: name)
  }

  /// A folder with two classes, each with this picture twice.
  private func load(_ bytes: [UInt8]) throws -> Dataset {
    for name in ["a/1.png", "a/2.png", "b/1.png", "b/2.png"] { try add(bytes, name) }
    let split = try DataSource(folder.path, options: DataOptions(testShare: 0.5)).load()
    return split.train.examples([0])
  }

  @Test func readsEveryKind() throws {
    for picture in [
      PictureFiles.grey, PictureFiles.colour, PictureFiles.palette, PictureFiles.blackAndWhite,
      PictureFiles.deep, PictureFiles.bitmap1, PictureFiles.bitmap24,
    ] { #expect(try load(picture.bytes).pixels == picture.pixels) }
    #expect(try load(PictureFiles.grey.bytes).imageSize == ImageSize(height: 2, width: 3))
  }

  /// The bitmap as other programs write it: top-down, and with 32 bits.
  @Test func readsOtherBitmaps() throws {
    var fromTop = PictureFiles.bitmap24.bytes
    fromTop.replaceSubrange(22..<26, with: littleEndian(Int32(-2)))
    #expect(try load(fromTop).pixels == [29, 18, 76, 150])
    var wide = PictureFiles.bitmap24.bytes
    wide[28] = 32
    wide = wide.prefix(54) + [3, 2, 1, 0, 255, 255, 255, 9, 0, 0, 0, 9, 0, 0, 255, 0]
    #expect(try load(wide).pixels == [0, 76, 2, 255])
  }

  @Test func ordersClassesAndFilesAsPeopleDo() throws {
    for name in ["10", "9", "2"] {
      for file in ["10.png", "9.png"] {
        let picture = file == "9.png" ? PictureFiles.grey : PictureFiles.blackAndWhite
        try add(picture.bytes, "\(name)/\(file)")
      }
    }
    let split = try DataSource(
      folder.path, options: DataOptions(testShare: 0.01, stratify: false)
    ).errorOrSplit()
    #expect(split == "6 examples are too few to split: the test part would be empty")
    let parts = try TemporaryFolder()
    for part in ["train", "test"] {
      try parts.makeFolder(part)
      for name in ["10", "9", "2"] {
        try parts.makeFolder("\(part)/\(name)")
        try parts.write(PictureFiles.blackAndWhite.bytes, to: "\(part)/\(name)/10.png")
        try parts.write(PictureFiles.grey.bytes, to: "\(part)/\(name)/9.png")
      }
    }
    let both = try DataSource(parts.path).load()
    #expect(both.train.targets.names == ["2", "9", "10"])
    #expect(both.train.labels == [0, 0, 1, 1, 2, 2])
    #expect(Array(both.train.pixels.prefix(6)) == PictureFiles.grey.pixels)
    #expect(both.test.pixels == both.train.pixels)
    #expect(both.train.name == "\(parts.path)/train")
  }

  @Test func saysWhatIsWrongWithAPicture() throws {
    func words(_ bytes: [UInt8]) throws -> String {
      let error = #expect(throws: DataError.self) { try load(bytes) }
      return error.map { "\($0)" } ?? ""
    }
    #expect(try words([]).contains("a/1.png: this is an empty file; PNG, JPEG"))
    #expect(try words([0x49, 0x49, 0x2a, 0]).contains("this is a TIFF picture"))
    #expect(try words(PictureFiles.transparent).contains("transparent pixels"))
    #expect(try words(Array(PictureFiles.grey.bytes.dropLast(20))).contains("damaged"))
    var png = PictureFiles.grey.bytes
    png[17] = 0xff  // A width of 16 million.
    #expect(try words(png).contains("damaged: the checksum of its chunk \"IHDR\" is wrong"))
    #expect(try words(Array(PictureFiles.bitmap24.bytes.prefix(20))).contains("is truncated"))
    #expect(try words(Array(PictureFiles.bitmap24.bytes.dropLast())).contains("but needs 70"))
    func changed(_ at: Int, _ byte: UInt8) throws -> String {
      var bitmap = PictureFiles.bitmap1.bytes
      bitmap[at] = byte
      return try words(bitmap)
    }
    #expect(try changed(28, 16).contains("has 16 bits per pixel"))
    #expect(try changed(30, 1).contains("is compressed by method 1"))
    #expect(try changed(46, 3).contains("has 3 colours for 1 bits"))
    #expect(try changed(46, 1).contains("a pixel has colour 1 of 1"))
    #expect(try changed(18, 0).contains("has 0 x 2 pixels"))
    #expect(try changed(21, 0x7f).contains("pixels; from 1 to 16777216 in total are supported"))
    #expect(try changed(21, 0x80).contains("pixels; from 1 to 16777216 in total are supported"))
    #expect(try changed(25, 0x80).contains("pixels; from 1 to 16777216 in total are supported"))
  }

  @Test func saysWhatIsWrongWithAFolder() throws {
    func words() throws -> String { try DataSource(folder.path).errorOrSplit() }
    #expect(try words().contains("the folder contains no data set"))
    try add(PictureFiles.grey.bytes, "a/1.png")
    try add(PictureFiles.colour.bytes, "b/1.png")
    #expect(
      try words()
        == "the 2 pictures have 2 sizes: 1 of 2 x 3 pixels (a/1.png), "
        + "1 of 2 x 2 pixels (b/1.png); lamina train --resize 2x3 makes them equal")
    try folder.write(PictureFiles.grey.bytes, to: "b/1.png")
    try folder.makeFolder("c")
    #expect(try words().contains("the folder of the class \"c\" has no pictures"))
    try folder.makeFolder("c/d")
    #expect(try words().contains("the folder \"c/d\" is among the pictures of a class"))
    try folder.write([1], to: "notes")
    #expect(try words().contains("the file \"notes\", a binary file of an unknown kind, is among"))
  }
}

extension DataSource {
  /// The problem with the source, without its path.
  fileprivate func errorOrSplit() throws -> String {
    do {
      return "\(try load())"
    } catch {
      let text = "\(error)"
      return text.firstRange(of: ": ").map { String(text[$0.upperBound...]) } ?? text
    }
  }
}
