/// The folders of a module from the lowest to the highest. Files of a folder name no type of a higher
/// one; files of no folder stand above all.
struct FolderOrder {
  let module: String
  /// The type that any file may name; nil for none.
  let backend: String?
  let folders: [String]

  /// Reads a line such as `LaminaReport: Markup < Charts` or `LaminaOpenCL (OpenCLBackend): Device`;
  /// nil for one that is empty or a comment.
  init?(_ line: String) throws {
    let text = line.trimmingPrefix { $0 == " " }
    guard !text.isEmpty, text.first != "#" else { return nil }
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count == 2, let name = halves[0].wholeMatch(of: /(\w+)(?: \((\w+)\))?/) else {
      throw Malformed(line: line)
    }
    module = String(name.1)
    backend = name.2.map { String($0) }
    folders = halves[1].split(separator: "<", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    guard Set(folders).count == folders.count,
      folders.allSatisfy({ !$0.isEmpty && !$0.contains(" ") })
    else { throw Malformed(line: line) }
  }

  struct Malformed: Error, CustomStringConvertible {
    let line: String
    var description: String {
      "'\(line)' is not 'Module: Lowest < Higher < Highest' or 'Module (Backend): Lowest < Higher'"
    }
  }

  /// Sentences about the files of the module, whose paths are in `Sources`.
  func problems(in files: [SourceFile]) -> [String] {
    var problems: [String] = []
    var homes: [String: (folder: String, height: Int)] = [:]
    var heights: [Int] = []
    for file in files {
      let height = height(of: file)
      heights.append(height)
      if height == folders.count, inFolder(file) {
        problems.append("\(file.path) is in a folder that Sources/folders.txt does not order")
      }
      let folder = height < folders.count ? folders[height] : module
      for type in file.declared.outer { homes[type] = (folder, height) }
    }
    if let backend, homes.removeValue(forKey: backend) == nil {
      problems.append(
        "Sources/folders.txt lets all files of \(module) name \(backend), which it lacks")
    }
    for (folder, height) in zip(folders, 0...) where !heights.contains(height) {
      problems.append("Sources/folders.txt orders \(folder) of \(module), which has no Swift file")
    }
    for (file, height) in zip(files, heights) {
      for type in file.named.sorted() {
        guard let home = homes[type], home.height > height else { continue }
        problems.append(
          "\(file.path) names \(type), a type of \(home.folder), which is above \(folders[height])")
      }
    }
    return problems
  }

  private func inFolder(_ file: SourceFile) -> Bool {
    file.path.dropFirst("Sources/\(module)/".count).contains("/")
  }

  /// The place in the order; the number of folders for a file of no folder.
  private func height(of file: SourceFile) -> Int {
    let fitting = folders.indices.filter {
      file.path.hasPrefix("Sources/\(module)/\(folders[$0])/")
    }
    return fitting.max { folders[$0].count < folders[$1].count } ?? folders.count
  }
}
