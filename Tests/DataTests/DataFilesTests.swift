import Foundation
import Testing

@testable import LaminaData

/// Files that are data, and paths that lead to the same file.
@Suite struct DataFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func make(_ name: String) throws -> String {
    let path = self.path(name)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: path))
    return path
  }

  private func claims(_ data: String, _ file: String) -> Bool {
    DataFiles(path: path(data)).claim(FileIdentity(path(file)))
  }

  @Test func aFolderOfNamedFilesHasThese() throws {
    for name in ["d/a-train.csv", "d/m.safetensors", "d/sub/b.csv"] { _ = try make(name) }
    for name in [
      "d/a-train.csv", "d/new.tsv", "d/new.csv.gz", "d/x.npy", "d/t10k-images.idx3-ubyte",
      "d/q-labels-idx2-int.gz",
    ] {
      #expect(claims("d", name), "\(name)")
    }
    for name in ["d/m.safetensors", "d/log.jsonl", "d/sub/c.csv", "d", "other.csv"] {
      #expect(!claims("d", name), "\(name)")
    }
  }

  @Test func aFolderOfPicturesHasAllThatCanBeSeen() throws {
    _ = try make("d/cat/1.png")
    for name in ["d/cat/1.png", "d/cat/2.txt", "d/dog/1.png", "d/log"] {
      #expect(claims("d", name), "\(name)")
    }
    #expect(!claims("d", "d/.log") && !claims("d", "d/.hidden/x") && !claims("d", "log"))
  }

  @Test func aFolderOfPartsHasThese() throws {
    _ = try make("d/train/cat/1.png")
    _ = try make("d/test/cat/1.png")
    #expect(claims("d", "d/train/cat/new") && claims("d", "d/val/cat/1.png"))
    #expect(!claims("d", "d/log") && !claims("d", "d/runs/log"))
  }

  @Test func anARFFFileHasTheLabelsBesideIt() throws {
    _ = try make("d/yeast-train.arff")
    for name in ["d/yeast-train.arff", "d/yeast.xml", "d/yeast-train.xml"] {
      #expect(claims("d/yeast-train.arff", name), "\(name)")
    }
    #expect(!claims("d/yeast-train.arff", "d/other.xml"))
  }

  @Test func linksLeadToOneFile() throws {
    let file = try make("d/a")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: path("link"), withDestinationPath: "d")
    try files.createSymbolicLink(atPath: path("gone"), withDestinationPath: "d/new")
    try files.createSymbolicLink(atPath: path("loop"), withDestinationPath: "loop")
    try files.linkItem(atPath: file, toPath: path("hard"))
    func isOne(_ first: String, _ second: String) -> Bool {
      FileIdentity(path(first)).isSame(as: FileIdentity(path(second)))
    }
    #expect(isOne("d/a", "link/../d/./a") && isOne("d/a", "link/a") && isOne("d/a", "hard"))
    // Neither exists yet.
    #expect(isOne("gone", "d/new") && isOne("link/b", "d/b"))
    #expect(!isOne("d/a", "d/b") && !isOne("loop", "d/a") && isOne("loop", "loop"))
    let null = FileIdentity("/dev/null")
    #expect(!null.isSame(as: null))
  }
}
