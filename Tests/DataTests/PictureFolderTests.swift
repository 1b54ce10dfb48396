import Lamina
import Testing

@testable import LaminaData

/// The files of a folder that are read, those that are skipped, and the decisions about them.
struct PictureFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("cats")
    try folder.makeFolder("dogs")
  }

  private func decisions() throws -> [String] {
    try ImageFolder.examples(path: folder.path, resize: nil).decisions.map(\.description)
  }

  private func words(_ path: String? = nil) -> String {
    do { return "\(try DataSource(path ?? folder.path).load())" } catch { return "\(error)" }
  }

  @Test func skipsWhatSystemsLeaveBehind() throws {
    for name in ["cats", "dogs"] {
      try folder.write(PictureFiles.grey.bytes, to: "\(name)/1.png")
      for litter in ["Thumbs.db", "desktop.ini", ".DS_Store", "._1.png", "._2.png"] {
        try folder.write([1, 2], to: "\(name)/\(litter)")
      }
      try folder.makeFolder("\(name)/@eaDir")
    }
    try folder.makeFolder("__MACOSX")
    try folder.makeFolder(".ipynb_checkpoints")
    try folder.write([1, 2], to: ".DS_Store")
    let words =
      "\(folder.path): skipped 15 hidden or system files: ._* (4 times), .DS_Store (3 times), "
      + "@eaDir (2 times), Thumbs.db (2 times), desktop.ini (2 times), .ipynb_checkpoints, __MACOSX"
    #expect(try decisions() == [words])
    #expect(try ImageFolder.examples(path: folder.path, resize: nil).targets[0].count == 2)
    try folder.write([1, 2], to: "dogs/notes.db")
    #expect(self.words().contains("dogs/notes.db: this is"))
  }

  @Test func skipsBesideAndBelowParts() throws {
    let parts = try TemporaryFolder()
    for part in ["train", "test"] {
      for name in ["a", "b"] {
        try parts.makeFolder("\(part)/\(name)")
        try parts.write(PictureFiles.grey.bytes, to: "\(part)/\(name)/1.png")
      }
      try parts.write([1], to: "\(part)/Thumbs.db")
    }
    try parts.makeFolder("__MACOSX")
    let split = try DataSource(parts.path).load()
    #expect(split.train.count == 2 && split.test.count == 2)
    var decisions: [DataDecision] = []
    _ = try SourceKind(path: parts.path, decisions: &decisions)
    #expect(decisions.map(\.text) == ["\(parts.path): skipped 1 hidden or system file: __MACOSX"])
  }

  @Test func tellsWhatBecomesOfPictures() throws {
    try folder.write(PictureFiles.colour.bytes, to: "cats/1.png")
    try folder.write(PictureFiles.palette.bytes, to: "cats/2.png")
    let deep = PNGFile(width: 2, height: 2, depth: 16, rows: [0, 1, 1, 2, 2, 0, 1, 1, 2, 2])
    try folder.write(deep.bytes, to: "dogs/1.png")
    let found = try decisions()
    #expect(
      found == [
        "\(folder.path): 2 of 3 pictures, cats/1.png first, have colours -> grey, "
          + "0.299 R + 0.587 G + 0.114 B",
        "\(folder.path): 1 of 3 pictures, dogs/1.png first, have 16 bits per channel "
          + "-> their upper 8 bits",
      ])
  }

  @Test func namesWhatIsNoPictureAndWhatIsMissing() throws {
    try folder.write(PictureFiles.grey.bytes, to: "cats/1.png")
    try folder.write(Array("RIFF....WEBPVP8 ".utf8), to: "dogs/1.webp")
    #expect(words().contains("dogs/1.webp: this is a WebP picture; PNG, JPEG and BMP are"))
    let loose = try TemporaryFolder()
    try loose.write(PictureFiles.grey.bytes, to: "2.png")
    try loose.write(PictureFiles.grey.bytes, to: "1.png")
    #expect(words(loose.path).contains("the folder contains 2 pictures (1.png) but no folders"))
    let picture = try loose.write(JPEGFiles.grey.bytes, to: "photo.jpg")
    #expect(words(picture).contains("this is a JPEG picture; give the folder that contains a"))
  }

  @Test func tellsWhichTablesAreLeftOut() throws {
    let tables = try TemporaryFolder()
    for name in ["train", "test", "sample_submission"] {
      try tables.write(Array("1,a\n2,b\n".utf8), to: "\(name).csv")
    }
    var decisions: [DataDecision] = []
    _ = try SourceKind(path: tables.path, decisions: &decisions)
    #expect(
      decisions.map(\.text) == [
        "\(tables.path): train.csv, test.csv are the parts according to their names "
          + "-> left out: sample_submission.csv"
      ])
  }
}
