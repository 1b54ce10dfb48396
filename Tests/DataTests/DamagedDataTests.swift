import Lamina
import LaminaData
import Testing

/// Truncated and altered files: each is either read or refused with a sentence.
struct DamagedDataTests {
  private static let samples: [(name: String, bytes: [UInt8])] = [
    ("a.csv", Array("x,\"y \"\"z\",class\n1,2.5e3,\"a\"\n-3,+.5,b\r\n7,8,a\n".utf8)),
    ("a.dat", Array("1 2 0\n3 4 1\n5 6 1\n".utf8)),
    (
      "a.arff",
      Array(
        """
        @relation 'r'
        @attribute 'x' real
        @attribute y {p,'q r'}
        @data
        1,p
        {0 2,1 'q r'}
        3,'q r'

        """.utf8)
    ),
    ("b.csv", Array("sep=;\n# note\n;x;y;\n0;1,5;1 000,5;\n1;2,5;$3;\n2;3,5;7;\n".utf8)),
    ("b.libsvm", Array("+1 1:0.5 3:-2 # note\n-1 2:1e-3\n+1,2\n 4:1\n".utf8)),
    (
      "b.arff",
      Array(
        """
        @relation 'r: -C -1'
        @attribute 'x\\u0031' {a, 'b, c'}
        @attribute y {0,1} % note
        @data
        'b, c',1,{0.5}
        {0 'b, c', 1 1}, {2}
        a\t0,

        """.utf8)
    ),
    ("a.npy", NumpyFiles.floats), ("b.npy", NumpyFiles.fortranIntegers),
    ("a.npz", NumpyFiles.archive),
    ("b.npz", NumpyFiles.zip([("x.npy", NumpyFiles.floats), ("y.npy", NumpyFiles.floats)])),
    ("c.csv.gz", gzip(Array("1,0\n2,1\n".utf8))),
  ]
  private static let pictures = [
    PictureFiles.grey, PictureFiles.palette, PictureFiles.bitmap1, PictureFiles.bitmap24,
    JPEGFiles.colour, JPEGFiles.progressive, JPEGFiles.turned,
    (
      bytes: PNGFile(
        width: 2, height: 2, isInterlaced: true, rows: [0, 10, 0, 20, 0, 30, 40],
        before: PNGFile.chunk("iCCP", [1, 2, 3]) + PNGFile.chunk("tEXt", [65, 0, 66])
      ).bytes, pixels: [10, 20, 30, 40]
    ),
  ]

  @Test func tablesAndArrays() throws {
    let folder = try TemporaryFolder()
    for sample in Self.samples {
      try damage(sample.bytes) { bytes in
        let path = try folder.write(bytes, to: sample.name)
        try Self.load(DataSource(path, options: DataOptions(task: nil)))
        try Self.load(DataSource(path, options: DataOptions(task: .autoEncoding)))
      }
    }
  }

  @Test func picturesInFolders() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] { try folder.makeFolder(name) }
    for picture in Self.pictures {
      try folder.write(picture.bytes, to: "a/1.png")
      try damage(picture.bytes) { bytes in
        try folder.write(bytes, to: "b/1.png")
        let options = DataOptions(resize: ImageSize(height: 2, width: 2), testShare: 0.5)
        try Self.load(DataSource(folder.path, options: options))
        try Self.load(DataSource(folder.path, options: DataOptions(testShare: 0.5)))
      }
    }
  }

  /// The files of QMNIST, whose labels are 32-bit integers.
  @Test func foldersOfIDX() throws {
    let folder = try TemporaryFolder()
    let labels = idx([2, 8], [UInt8](repeating: 0, count: 63) + [1], type: 12)
    let files: [(String, [UInt8])] = [
      ("train-images-idx3-ubyte", idx([2, 1, 2], [1, 2, 3, 4])), ("train-labels-idx2-int", labels),
      ("test-images-idx3-ubyte.gz", gzip(idx([2, 1, 2], [1, 2, 3, 4]))),
      ("test-labels-idx2-int.gz", gzip(labels) + [0, 0]),
    ]
    for (name, bytes) in files { try folder.write(bytes, to: name) }
    for (name, bytes) in files {
      try damage(bytes) { bytes in
        try folder.write(bytes, to: name)
        try Self.load(DataSource(folder.path))
      }
      try folder.write(bytes, to: name)
    }
  }

  @Test func labelFiles() throws {
    let folder = try TemporaryFolder()
    let arff = "@attribute x real\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n1,0,1\n2,1,0\n"
    let path = try folder.write(Array(arff.utf8), to: "a.arff")
    let xml = "<?xml?><labels a='>'><label name=\"a\"/><!-- c --><label name='&#98;'></label>"
    try damage(Array(xml.utf8)) { bytes in
      try folder.write(bytes, to: "a.xml")
      try Self.load(DataSource(path))
    }
  }

  /// Passes on every prefix of `bytes`, and 300 copies with one to three bytes changed.
  private func damage(_ bytes: [UInt8], _ use: ([UInt8]) throws -> Void) throws {
    for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
      try use(Array(bytes.prefix(count)))
    }
    var random = Philox(seed: 4).generator()
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0...random.uniform(below: 3) {
        let place = Int(random.uniform(below: UInt32(bytes.count)))
        changed[place] = UInt8(random.uniform(below: 256))
      }
      try use(changed)
    }
  }

  private static func load(_ source: DataSource) throws {
    do {
      _ = try source.load()
    } catch {
      let sentence = "\(error)"
      #expect(sentence.count > 20 && !sentence.contains("\n"), "\(sentence)")
    }
  }
}
