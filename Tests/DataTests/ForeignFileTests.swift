import Lamina
import LaminaData
import Testing

/// Messages about files that are not data sets name their kind and a remedy.
struct ForeignFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// A ZIP archive with files of these names.
  private static func zip(_ names: String...) -> [UInt8] {
    NumpyFiles.zip(names.map { ($0, [1, 2, 3]) })
  }

  private static func wide(_ text: String, bytes: Int, isBig: Bool) -> [UInt8] {
    text.utf8.flatMap { byte in
      let word = [byte] + [UInt8](repeating: 0, count: bytes - 1)
      return isBig ? word.reversed() : word
    }
  }

  private static let table = "a,b\n1,2\n3,4\n"
  private static let zeros = [UInt8](repeating: 0, count: 300)

  private static let kinds: [(name: String, bytes: [UInt8], words: String)] = [
    ("t.xlsx", zip("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook; save the sheet"),
    ("t.csv", zip("xl/workbook.xml"), "an Excel workbook"),
    ("t.xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] + zeros, "an old Office file"),
    (
      "t.ods",
      NumpyFiles.zip([("mimetype", bytes("application/vnd.oasis.opendocument.spreadsheet"))]),
      "an OpenDocument spreadsheet"
    ),
    ("t.docx", zip("word/document.xml"), "a text document"),
    ("t.zip", zip("t.csv"), "a ZIP archive; unpack it"),
    ("t.pt", zip("archive/data.pkl"), "a PyTorch file"),
    ("t.csv.bz2", bytes("BZh91AY&SY") + [1, 2, 0], "compressed with bzip2; decompress it first"),
    ("t.csv.xz", [0xfd] + bytes("7zXZ") + [0, 0, 4], "compressed with xz"),
    ("t.csv.zst", [0x28, 0xb5, 0x2f, 0xfd, 4], "compressed with Zstandard"),
    ("t.lz4", [0x04, 0x22, 0x4d, 0x18, 1], "compressed with LZ4"),
    ("t.csv.gz", gzip(gzip(bytes(table))), "compressed with gzip twice"),
    ("t.7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0], "a 7z archive"),
    ("t.rar", bytes("Rar!\u{1a}\u{7}"), "a RAR archive"),
    (
      "t.tar.gz", gzip(bytes("t.csv") + zeros.prefix(252) + bytes("ustar")), "a tar archive; unpack"
    ),
    ("t.parquet", bytes("PAR1") + [0x15, 4, 0x15], "a Parquet file"),
    ("t.feather", bytes("ARROW1") + [0, 0], "an Arrow or Feather file"),
    ("t.h5", [0x89] + bytes("HDF\r\n\u{1a}\n"), "an HDF5 file"),
    ("t.mat", bytes("MATLAB 5.0 MAT-file"), "a MATLAB file"),
    ("t.mat", bytes("MATLAB 7.3 MAT-file"), "a MATLAB file"),
    ("t.db", bytes("SQLite format 3\0"), "an SQLite database"),
    ("t.pkl", [0x80, 4, 0x95, 1], "a Python pickle"),
    ("t.pkl", bytes("(dp0\n."), "a Python pickle"),
    ("t.rds", gzip([0x58, 0x0a, 0, 0, 0, 3]), "an R data file"),
    ("t.RData", gzip(bytes("RDX3\nX\n")), "an R data file"),
    ("t.csv", bytes("%PDF-1.7\n"), "a PDF document"),
    ("t.csv", bytes("\n<!DOCTYPE html><html>"), "an HTML page; download the file itself"),
    ("t.csv", bytes("<?xml version='1.0'?><a/>"), "an XML file"),
    ("t.json", bytes("[{\"a\": 1}]"), "a JSON file"),
    ("t.csv", bytes("{\"a\": 1}\n"), "a JSON file"),
    ("t.csv", bytes("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"), "Git LFS"),
    (
      "t.csv", [0xff, 0xfe] + wide(table, bytes: 2, isBig: false),
      "text in UTF-16; read it with --encoding UTF-16, or"
    ),
    ("t.csv", [0xfe, 0xff] + wide(table, bytes: 2, isBig: true), "text in UTF-16"),
    ("t.csv", wide(table, bytes: 2, isBig: false), "iconv -f UTF-16LE -t UTF-8"),
    ("t.csv", wide(table, bytes: 2, isBig: true), "iconv -f UTF-16BE"),
    ("t.csv", wide(table, bytes: 4, isBig: false), "iconv -f UTF-32LE"),
    ("t.csv", [0, 0, 0xfe, 0xff] + wide(table, bytes: 4, isBig: true), "text in UTF-32"),
    (
      "m.safetensors", [8, 0, 0, 0, 0, 0, 0, 0] + bytes("{\"a\":1}"),
      "a safetensors file, such as a"
    ),
    ("m.onnx", [8, 7, 0x12, 3], "an ONNX model"),
    ("t.csv", idx([3], [1, 2, 3]), "an IDX file; give the folder"),
    ("t.csv", idx([1], [0, 0, 0, 1], type: 12), "an IDX file"),
    ("t.csv", PictureFiles.bitmap1.bytes, "a BMP picture"),
    ("t.csv", JPEGFiles.grey.bytes, "a JPEG picture"), ("t.gif", bytes("GIF89a"), "a GIF picture"),
    ("t.tif", [0x4d, 0x4d, 0, 0x2a], "a TIFF picture"),
    ("t.webp", bytes("RIFF1234WEBP"), "a WebP picture"),
    ("t.csv", [0x7f] + bytes("ELF") + [2, 1], "a program"),
    ("t.csv", [], "an empty file"), ("t.csv", zeros, "a file of zero bytes only"),
    ("t.bin", (0..<200).map { UInt8($0 * 7 % 32) }, "a binary file of an unknown kind"),
  ]

  @Test(arguments: ForeignFileTests.kinds)
  func namesWhatItIs(name: String, bytes: [UInt8], words: String) throws {
    for isPacked in [false, true] {
      let bytes = isPacked ? gzip(bytes) : bytes
      // A file compressed twice is another kind.
      if isPacked, bytes.dropFirst(15).starts(with: [0x1f, 0x8b]) { continue }
      let path = try folder.write(bytes, to: name)
      let error = #expect(throws: DataError.self) { try DataSource(path).load() }
      let sentence = error?.description ?? ""
      #expect(sentence.contains("this is") && sentence.contains(words), "\(sentence)")
    }
  }

  /// Tables that start with the first letters of other formats.
  @Test(arguments: [
    "BMI,age,sick\n1,2,a\n3,4,b\n1,2,a\n3,4,b\n5,6,a\n",
    "PAR1,PAR2,y\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n",
    "RDA,x,y\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n", "<DATE>,<OPEN>,y\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n",
    "MM,II,GIF8\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n",
    "\u{feff}BZh,a,y\r\n1,2,a\r\n3,4,b\r\n5,6,a\r\n7,8,b\r\n",
  ])
  func readsTablesThatLookLikeOthers(text: String) throws {
    let path = try folder.write(Array(text.utf8), to: "t.csv")
    let split = try DataSource(path, options: DataOptions(testShare: 0.5)).load()
    #expect(split.train.features == 2 && split.train.targets.names == ["a", "b"])
  }

  @Test func readsWideTextInItsEncoding() throws {
    let table = "a,b,y\n1,2,p\n3,4,q\n5,6,p\n7,8,q\n"
    for (bytes, encoding) in [
      (Self.wide(table, bytes: 2, isBig: false), "utf-16le"),
      ([0xfe, 0xff] + Self.wide(table, bytes: 2, isBig: true), "utf-16"),
      (Self.wide(table, bytes: 4, isBig: true), "utf-32be"),
    ] {
      let path = try folder.write(bytes, to: "t.csv")
      let options = DataOptions(encoding: TextEncoding(encoding), testShare: 0.5)
      #expect(try DataSource(path, options: options).load().train.features == 2)
    }
  }

  @Test func readsTextOfAnyName() throws {
    let text = Array("1 2 0\n3 4 1\n5 6 0\n7 8 1\n".utf8)
    for name in ["t.mat", "t.xls", "t.dta", "t"] {
      let path = try folder.write(text, to: name)
      #expect(try DataSource(path, options: DataOptions(testShare: 0.5)).load().train.features == 2)
    }
  }

  @Test func namesWhatIsNoModel() throws {
    for (name, bytes, words) in [
      ("m.csv", Self.bytes(Self.table), "text, such as a table"),
      ("m.pkl", [0x80, 4, 0x95, 1], "a Python pickle"),
      ("m.pt", Self.zip("archive/data.pkl"), "a PyTorch file"),
      ("m.onnx", [8, 7, 0x12, 3], "an ONNX model"),
      ("m.h5", [0x89] + Self.bytes("HDF\r\n"), "HDF5"),
      ("m.npy", NumpyFiles.floats, "an NPY array"), ("m.npz", NumpyFiles.archive, "an NPZ archive"),
    ] as [(String, [UInt8], String)] {
      let path = try folder.write(bytes, to: name)
      let error = #expect(throws: DataError.self) { try Model(path: path) }
      let sentence = error?.description ?? ""
      #expect(sentence.contains(words), "\(sentence)")
      #expect(sentence.hasSuffix("a model is a safetensors file written by lamina"))
    }
  }
}
