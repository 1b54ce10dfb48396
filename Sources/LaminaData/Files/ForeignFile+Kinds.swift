extension ForeignFile {
  private static let pictures = "give the folder that contains a folder of pictures for each class"
  private static let unpack = "unpack it, and give the unpacked file or folder"
  private static let asTable = "save it as a CSV file"
  private static let needed = "a data set is a table, arrays, or a folder of pictures or IDX files"

  static let png = ForeignFile("a PNG picture", pictures)
  static let jpeg = ForeignFile("a JPEG picture", pictures)
  static let bmp = ForeignFile("a BMP picture", pictures)
  static let idx = ForeignFile("an IDX file", "give the folder of the data set")
  static let excel = ForeignFile("an Excel workbook", "save the sheet as a CSV file")
  static let openDocument = ForeignFile(
    "an OpenDocument spreadsheet", "save the sheet as a CSV file")
  static let word = ForeignFile("a text document", "save its table as a CSV file")
  static let zip = ForeignFile("a ZIP archive", unpack)
  static let safetensors = ForeignFile("a safetensors file, such as a model", needed)
  static let pyTorch = ForeignFile("a PyTorch file, such as a model", needed)
  static let keras = ForeignFile("a Keras model", needed)
  static let pickle = ForeignFile(
    "a Python pickle", "write a CSV or NPZ file from Python (DataFrame.to_csv, numpy.savez)")
  static let html = ForeignFile("an HTML page", "download the file itself, not the page about it")
  static let xml = ForeignFile("an XML file", asTable)
  static let json = ForeignFile(
    "a JSON file", "save it as a CSV file, for example with pandas' to_csv")
  static let empty = ForeignFile("an empty file", "copy or download it again")
  static let zeros = ForeignFile(
    "a file of zero bytes only", "its content is lost; copy or download it again")
  static let binary = ForeignFile("a binary file of an unknown kind", needed)

  static func compressed(by name: String, _ command: String) -> ForeignFile {
    ForeignFile("a file compressed with \(name)", "decompress it first (\(command)), or use gzip")
  }

  static func unicode(_ name: String) -> ForeignFile {
    ForeignFile(
      "text in \(name)",
      "read it with --encoding \(name), or convert it with iconv -f \(name) -t UTF-8 FILE > NEW",
      isText: true)
  }

  private static func picture(_ name: String) -> ForeignFile {
    ForeignFile("a \(name) picture", "save pictures as PNG, JPEG or BMP and \(pictures)")
  }

  private static let office = ForeignFile(
    "an old Office file, such as an Excel workbook (.xls)", "save the sheet as a CSV file")
  private static let pointer = ForeignFile(
    "a Git LFS pointer, not the file itself", "fetch the file with git lfs pull")
  private static let fromR = ForeignFile("an R data file", "save the data from R with write.csv")
  private static let hdf5 = ForeignFile("an HDF5 file", "save its arrays as an NPZ file")
  private static let matlab = ForeignFile(
    "a MATLAB file", "save it as a CSV or NPZ file (writematrix, scipy.io.loadmat)")
  static let parquet = ForeignFile(
    "a Parquet file", "save it as a CSV file, for example with pandas' to_csv")
  private static let arrow = ForeignFile(
    "an Arrow or Feather file", "save it as a CSV file, for example with pandas' to_csv")

  /// The kinds that are recognised by their first bytes. The first match applies.
  static let byContent: [Mark] = [
    Mark([0x89] + Array("PNG".utf8), png), Mark([0xff, 0xd8, 0xff], jpeg),
    Mark("GIF87a", picture("GIF")), Mark("GIF89a", picture("GIF")),
    Mark([0x49, 0x49, 0x2a, 0], picture("TIFF")),
    Mark([0x4d, 0x4d, 0, 0x2a], picture("TIFF")), Mark("WEBP", at: 8, picture("WebP")),
    Mark("ftypheic", at: 4, picture("HEIC")), Mark("ftypavif", at: 4, picture("AVIF")),
    Mark([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], office),
    Mark("{\\rtf", word), Mark("%PDF-", ForeignFile("a PDF document", asTable)),
    Mark("1AY&SY", at: 4, compressed(by: "bzip2", "bunzip2")),
    Mark([0xfd] + Array("7zXZ".utf8), compressed(by: "xz", "unxz")),
    Mark([0x28, 0xb5, 0x2f, 0xfd], compressed(by: "Zstandard", "unzstd")),
    Mark([0x04, 0x22, 0x4d, 0x18], compressed(by: "LZ4", "unlz4")),
    Mark([0x1f, 0x9d], compressed(by: "compress", "uncompress")),
    Mark([0x1f, 0x8b], compressed(by: "gzip twice", "gunzip once")),
    Mark([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], ForeignFile("a 7z archive", unpack)),
    Mark("Rar!\u{1a}", ForeignFile("a RAR archive", unpack)),
    Mark("ustar", at: 257, ForeignFile("a tar archive", unpack)), Mark("ARROW1\0", arrow),
    Mark("FEA1\0", arrow), Mark("Obj\u{1}", ForeignFile("an Avro file", asTable)),
    Mark("ORC\n", ForeignFile("an ORC file", asTable)), Mark([0x89] + Array("HDF\r\n".utf8), hdf5),
    Mark("MATLAB 7.3", matlab), Mark("MATLAB 5.0", matlab),
    Mark("SQLite format 3", ForeignFile("an SQLite database", "export its table as a CSV file")),
    Mark("RDX2\n", fromR), Mark("RDX3\n", fromR), Mark("RDA2\n", fromR), Mark("RDA3\n", fromR),
    Mark([0x58, 0x0a, 0, 0, 0], fromR), Mark("<stata_dta>", ForeignFile("a Stata file", asTable)),
    Mark("$FL2", ForeignFile("an SPSS file", asTable)), Mark("version https://git-lfs", pointer),
    Mark([0x7f] + Array("ELF".utf8), ForeignFile("a program", needed)),
    Mark("TFL3", at: 4, ForeignFile("a TensorFlow Lite model", needed)),
    Mark([0, 0, 0xfe, 0xff], unicode("UTF-32")), Mark([0xff, 0xfe, 0, 0], unicode("UTF-32")),
    Mark([0xff, 0xfe], unicode("UTF-16")), Mark([0xfe, 0xff], unicode("UTF-16")),
  ]

  /// The kinds that cannot be recognised by their content.
  static let byEnding: [String: ForeignFile] = [
    "onnx": ForeignFile("an ONNX model", needed), "pb": ForeignFile("a TensorFlow model", needed),
    "tfrecord": ForeignFile("a TFRecord file", asTable), "pkl": pickle, "pickle": pickle,
    "joblib": pickle, "pt": pyTorch, "pth": pyTorch, "mat": matlab,
    "dta": ForeignFile("a Stata file", asTable), "sas7bdat": ForeignFile("a SAS file", asTable),
    "lzma": compressed(by: "LZMA", "unlzma"), "tar": ForeignFile("a tar archive", unpack),
  ]
}
