import Foundation
import LaminaData
import Testing

struct AtomicFileTests {
  private let folder: TemporaryFolder
  private let path: String
  private let content = Safetensors(tensors: [.init(name: "x", shape: [1], values: [1])])

  init() throws {
    folder = try TemporaryFolder()
    path = "\(folder.path)/model"
  }

  @Test func replacesAFileAndKeepsItsPermissions() throws {
    try folder.write([1, 2, 3], to: "model")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try content.write(to: path)
    #expect(try Safetensors(path: path) == content)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? NSNumber == 0o640)
    #expect(try folder.names == ["model"])
  }

  @Test func replacesTheFileBehindALink() throws {
    let link = "\(folder.path)/link"
    try folder.write([1, 2, 3], to: "model")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "model")
    try content.write(to: link)
    #expect(try Safetensors(path: path) == content)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "model")
  }

  @Test func checkingLeavesEverythingAsItIs() throws {
    try Safetensors.checkWritable(path)
    #expect(try folder.names == [])
    try folder.write([1, 2, 3], to: "model")
    try Safetensors.checkWritable(path)
    #expect(try folder.names == ["model"])
    #expect(try folder.read("model") == [1, 2, 3])
  }

  @Test func refusesPathsThatCannotBecomeAFile() throws {
    try folder.write([1, 2, 3], to: "file")
    let file = "\(folder.path)/file"
    expect(.notAFileName(path: ""), "is not the name of a file", for: "")
    expect(.notAFileName(path: "\(path)/"), "\"\(path)/\" is not the name", for: "\(path)/")
    expect(.notAFile(path: folder.path), "is not a regular file", for: folder.path)
    expect(.notAFile(path: "/dev/full"), "/dev/full is not a regular file", for: "/dev/full")
    expect(
      .system(action: "find the folder", path: "\(path)/deeper", code: ENOENT),
      "\(path)/deeper: No such file or directory", for: "\(path)/deeper/model")
    expect(
      .system(action: "examine", path: "\(file)/model", code: ENOTDIR), "Not a directory",
      for: "\(file)/model")
    #expect(try folder.names == ["file"])
    #expect(try folder.read("file") == [1, 2, 3])
  }

  @Test func refusesFoldersThatTakeNoFiles() {
    // Even the superuser cannot make files there.
    for attempt in [
      { try Safetensors.checkWritable("/proc/model") }, { try content.write(to: "/proc/model") },
    ] {
      let error = #expect(throws: DataError.self) { try attempt() }
      guard case .system(action: "write", path: "/proc/model", let code) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(error?.description.hasSuffix(String(cString: strerror(code))) == true)
    }
  }

  @Test func aFailedWriteKeepsTheOldFile() async throws {
    await #expect(processExitsWith: .success) {
      // A limit on file sizes, which applies to the whole process, simulates a full disk.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
      try #require(setrlimit(__rlimit_resource_t(1), &limit) == 0)
      let folder = try TemporaryFolder()
      let path = try folder.write([1, 2, 3], to: "model")
      let values = [Float](repeating: 1, count: 5000)
      let large = Safetensors(tensors: [.init(name: "x", shape: [5000], values: values)])
      let error = #expect(throws: DataError.self) { try large.write(to: path) }
      #expect(error?.description.hasPrefix("cannot write \(path): ") == true)
      #expect(error?.description.hasSuffix("File too large") == true)
      #expect(try folder.names == ["model"])
      #expect(try folder.read("model") == [1, 2, 3])
    }
  }

  private func expect(
    _ problem: DataError, _ words: String, for path: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: DataError.self, sourceLocation: location) {
      try Safetensors.checkWritable(path)
    }
    #expect(error == problem, sourceLocation: location)
    #expect(error?.description.contains(words) == true, sourceLocation: location)
    #expect(throws: problem, sourceLocation: location) { try content.write(to: path) }
  }
}
