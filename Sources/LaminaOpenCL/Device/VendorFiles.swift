import FoundationEssentials

/// The files that tell the OpenCL loader which drivers there are: `*.icd`, each with the name of a
/// library as its first line.
struct VendorFiles {
  /// A place where the loader looks.
  enum Place: Equatable {
    /// All vendor files of a folder.
    case folder(String)
    /// One vendor file, or one library, that a user has chosen.
    case one(String)
  }

  /// A vendor file with its library.
  struct Entry: Equatable {
    let path: String
    let library: String
  }

  /// As ocl-icd and Khronos's loader know it.
  static let standardFolder = "/etc/OpenCL/vendors"

  let place: Place
  let entries: [Entry]
  /// Libraries that `OCL_ICD_FILENAMES` names beside them, for Khronos's loader.
  let libraries: [String]

  /// Reads the vendor files.
  init(_ environment: [String: String]) {
    func text(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let chosen = text("OCL_ICD_VENDORS")
    let folder = text("OPENCL_VENDOR_PATH") ?? Self.standardFolder
    libraries = text("OCL_ICD_FILENAMES")?.split(separator: ":").map(String.init) ?? []
    if let chosen, Self.isOne(chosen) {
      place = .one(chosen)
      let file = chosen.contains("/") ? chosen : "\(folder)/\(chosen)"
      entries = chosen.hasSuffix(".icd") ? Self.entry(file).map { [$0] } ?? [] : []
    } else {
      let folder = chosen ?? folder
      place = .folder(folder)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      entries = names.filter { $0.hasSuffix(".icd") }.sorted().compactMap {
        Self.entry("\(folder)/\($0)")
      }
    }
  }

  /// All libraries that are named, wherever.
  var named: [String] {
    if case .one(let name) = place, !name.hasSuffix(".icd") { return libraries + [name] }
    return libraries + entries.map(\.library)
  }

  /// True if a setting names one file or library: a path that leads nowhere is taken for a folder.
  private static func isOne(_ path: String) -> Bool {
    var isFolder = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists ? !isFolder : !path.contains("/")
  }

  /// Nil for an empty file and for anything else.
  private static func entry(_ path: String) -> Entry? {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder,
      let text = try? String(contentsOfFile: path, encoding: .utf8),
      let line = text.split(separator: "\n").first
    else { return nil }
    return Entry(path: path, library: String(line))
  }
}
