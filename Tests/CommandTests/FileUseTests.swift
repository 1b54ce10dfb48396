import Foundation
import Testing

extension CommandTests {
  /// No output replaces an input, regardless of the path or link that leads to it.
  @Suite struct FileUseTests {
    /// A way in which an output's path leads to the file of an input.
    enum Way: CaseIterable {
      case path, dots, symbolicLink, linkedFolder, hardLink
    }

    /// A command, its inputs, and the options that could overwrite them.
    struct Case: CustomTestStringConvertible {
      let arguments: [String]
      let inputs: [String]
      let outputs: [String]
      var testDescription: String { arguments.joined(separator: " ") }
    }

    static let train = ["--model", "--log", "--profile"]
    static let bench = ["--output", "--github", "--database"]
    static let cases = [
      Case(arguments: ["train", "--data", "t.csv"], inputs: ["t.csv"], outputs: train),
      Case(
        arguments: ["train", "--data", "t.csv", "--test", "u.csv", "--validation", "v.csv"],
        inputs: ["u.csv", "v.csv"], outputs: train),
      Case(arguments: ["train", "e.yaml"], inputs: ["e.yaml", "t.csv"], outputs: train),
      Case(
        arguments: ["train", "--data", "a.arff", "--label-file", "l.xml"], inputs: ["l.xml"],
        outputs: train),
      Case(arguments: ["train", "--data", "a.arff"], inputs: ["a.xml"], outputs: train),
      Case(
        arguments: ["train", "--data", "t.csv", "--initial-model", "m"], inputs: ["m"],
        outputs: ["--log", "--profile"]),
      Case(arguments: ["export", "--model", "m"], inputs: ["m"], outputs: ["--onnx", "--npz"]),
      Case(
        arguments: ["train", "--data", "data"], inputs: ["data/t10k-labels-idx1-ubyte"],
        outputs: train),
      Case(
        arguments: ["train", "--data", "pictures"], inputs: ["pictures/a/1.png"],
        outputs: train),
      Case(
        arguments: ["svm", "--data", "t.csv"], inputs: ["t.csv"], outputs: ["--model", "--log"]),
      Case(
        arguments: ["svm", "--data", "t.csv", "--load", "m"], inputs: ["m"], outputs: ["--log"]),
      Case(
        arguments: ["compare", "--data", "t.csv", "--devices", "cpu,cpu"], inputs: ["t.csv"],
        outputs: ["--csv", "--report"]),
      Case(
        arguments: ["report", "l.jsonl", "m.jsonl"], inputs: ["l.jsonl", "m.jsonl"],
        outputs: ["--output"]),
      Case(
        arguments: ["bench", "job.yaml", "--baseline", "b.jsonl", "--resume"],
        inputs: ["job.yaml", "b.jsonl", "data/train-images-idx3-ubyte"], outputs: bench),
    ]

    private let place: Workplace

    init() throws {
      place = try Workplace()
      let table = "a,b,kind\n" + (0..<30).map { "\($0).5,\($0 % 7),\($0 % 2)\n" }.joined()
      let job = """
        data: \(place.data)
        networks: {hidden: [4]}
        devices: cpu
        """
      let texts = [
        "t.csv": table, "u.csv": table, "v.csv": table, "job.yaml": job,
        "e.yaml": "data: \(place.file("t.csv"))\nepochs: 1\n", "m": "a model",
        "a.arff": "@relation r", "a.xml": "<labels/>", "l.xml": "<labels/>",
        "l.jsonl": "{\"event\":\"start\"}\n", "m.jsonl": "{\"event\":\"start\"}\n",
        "b.jsonl": "",
      ]
      for (name, text) in texts { try write(text, name) }
      for name in ["a", "b"] {
        try FileManager.default.createDirectory(
          atPath: place.file("pictures/\(name)"), withIntermediateDirectories: true)
        try write("no picture", "pictures/\(name)/1.png")
      }
    }

    private func write(_ text: String, _ name: String) throws {
      try text.write(toFile: place.file(name), atomically: true, encoding: .utf8)
    }

    /// A path that leads to the file `name`.
    private func path(_ way: Way, to name: String) throws -> String {
      let files = FileManager.default
      let link = place.file("link")
      switch way {
      case .path: return place.file(name)
      case .dots: return place.file("./pictures/../\(name)")
      case .symbolicLink:
        try files.createSymbolicLink(atPath: link, withDestinationPath: name)
        return link
      case .linkedFolder:
        try files.createSymbolicLink(atPath: link, withDestinationPath: ".")
        return "\(link)/\(name)"
      case .hardLink:
        try files.linkItem(atPath: place.file(name), toPath: link)
        return link
      }
    }

    /// The contents of all files. Links count as separate files.
    private func contents() throws -> [String: Data] {
      let files = try FileManager.default.subpathsOfDirectory(atPath: place.path)
      return Dictionary(
        uniqueKeysWithValues: try files.map { name in
          var isFolder: ObjCBool = false
          let path = place.file(name)
          guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            !isFolder.boolValue
          else { return (name, Data()) }
          return (name, try Data(contentsOf: URL(fileURLWithPath: path)))
        })
    }

    /// The arguments with absolute paths.
    private func located(_ arguments: [String]) -> [String] {
      arguments.map { FileManager.default.fileExists(atPath: place.file($0)) ? place.file($0) : $0 }
    }

    @Test(arguments: cases)
    func noOutputIsAnInput(_ example: Case) throws {
      for input in example.inputs {
        for output in example.outputs {
          // Each way once per output.
          for way in input == example.inputs[0] ? Way.allCases : [.path, .hardLink] {
            let path = try path(way, to: input)
            defer { try? FileManager.default.removeItem(atPath: place.file("link")) }
            let before = try contents()
            try expectRefusal(
              located(example.arguments) + [output, path], "\(output) writes \(path), ")
            #expect(try contents() == before, "\(example.arguments) \(output) \(way)")
          }
        }
      }
    }

    /// An input that is a link to the output.
    @Test func inputsMayBeLinks() throws {
      try FileManager.default.createSymbolicLink(
        atPath: place.file("link.csv"), withDestinationPath: "t.csv")
      let train = ["train", "--data", place.file("link.csv"), "--log", place.file("t.csv")]
      try expectRefusal(train, "which is the input \(place.file("link.csv")) (--data)")
      // A folder of data may hold such a link.
      try FileManager.default.createSymbolicLink(
        atPath: place.file("pictures/b/2.png"), withDestinationPath: "../../t.csv")
      try expectRefusal(
        ["train", "--data", place.file("pictures"), "--log", place.file("t.csv")],
        "which is a file of the data \(place.file("pictures"))")
    }

    /// A file that would be read as data the next time.
    @Test(arguments: [
      ("pictures", ["--log", "pictures/a/log"]), ("pictures", ["--model", "pictures/m"]),
      ("pictures", ["--tensorboard", "pictures/events"]),
      ("pictures", ["--tensorboard", "pictures"]),
      ("data", ["--log", "data/t10k-images-idx3-ubyte.gz"]),
      ("tables", ["--log", "tables/new.csv"]), ("tables", ["--model", "tables/x.npy"]),
    ])
    func nothingIsAddedToData(_ data: String, _ output: [String]) throws {
      try FileManager.default.createDirectory(
        atPath: place.file("tables"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: place.file("t.csv"), toPath: place.file("tables/t.csv"))
      let before = try contents()
      try expectRefusal(
        ["train", "--data", place.file(data), output[0], place.file(output[1])],
        "which would be read as data of \(place.file(data))")
      #expect(try contents() == before)
    }

    /// A file among data that is not data itself may be written repeatedly.
    @Test func otherFilesMayLieBesideData() throws {
      try FileManager.default.createDirectory(
        atPath: place.file("tables"), withIntermediateDirectories: true)
      try FileManager.default.moveItem(
        atPath: place.file("t.csv"), toPath: place.file("tables/t.csv"))
      for _ in 0..<2 {
        let result = try Program.run([
          "train", "--data", place.file("tables"), "--hidden", "4", "--epochs", "1", "--quiet",
          "--model", place.file("tables/m.safetensors"), "--log", place.file("tables/l.jsonl"),
          "--tensorboard", place.file("tables/events"),
        ])
        #expect(result.code == 0, "\(result.errors)")
      }
    }

    @Test func aModelMayReplaceItsOwnBeginning() throws {
      let train = [
        "train", "--data", place.file("t.csv"), "--hidden", "4", "--epochs", "1", "--quiet",
      ]
      #expect(try Program.run(train + ["--model", place.file("m")]).code == 0)
      let first = try Data(contentsOf: URL(fileURLWithPath: place.file("m")))
      for way in [Way.path, .dots, .symbolicLink, .linkedFolder] {
        let path = try path(way, to: "m")
        defer { try? FileManager.default.removeItem(atPath: place.file("link")) }
        let result = try Program.run(
          train + ["--initial-model", place.file("m"), "--model", path])
        #expect(result.code == 0, "\(way): \(result.errors)")
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: place.file("m"))) != first)
    }

    @Test func outputsAreDifferentFiles() throws {
      let train = ["train", "--data", place.file("t.csv")]
      try write("precious", "x")
      for way in Way.allCases {
        let path = try path(way, to: "x")
        defer { try? FileManager.default.removeItem(atPath: place.file("link")) }
        for (first, second) in [("--model", "--log"), ("--profile", "--log")] {
          try expectRefusal(
            train + [first, path, second, place.file("x")], "give them different names")
        }
        try expectRefusal(
          [
            "bench", place.file("job.yaml"), "--resume", "--output", path, "--github",
            place.file("x"),
          ], "give them different names")
        #expect(try place.text("x") == "precious")
      }
      // Neither has to exist; one may be a link that leads to the other's place.
      try FileManager.default.createSymbolicLink(
        atPath: place.file("link"), withDestinationPath: "new")
      try expectRefusal(
        train + ["--model", place.file("link"), "--log", place.file("./new")],
        "which are one file; give them different names")
      #expect(try !place.names.contains("new"))
      // Devices such as /dev/null keep nothing.
      let silent = train + ["--hidden", "4", "--epochs", "1", "--quiet"]
      #expect(
        try Program.run(silent + ["--log", "/dev/null", "--profile", "/dev/null"]).code == 0)
    }

    @Test func resultsAreAddedToByDesign() throws {
      let bench = ["bench", place.file("job.yaml"), "--output", place.file("r.jsonl")]
      try write(
        """
        data: \(place.data)
        networks: {hidden: [4]}
        devices: cpu
        measuring: {samples: 2, sample-seconds: 0.001, warm-up-seconds: 0.001, peak: false}
        """, "job.yaml")
      #expect(try Program.run(bench).code == 0)
      #expect(try Program.run(bench + ["--resume"]).code == 0)
      try expectRefusal(
        bench + ["--resume", "--baseline", place.file("r.jsonl")],
        "--output writes \(place.file("r.jsonl")), which is an input (--baseline)")
      #expect(try place.log("r.jsonl").count == 1)
    }
  }
}
