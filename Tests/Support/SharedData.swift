import Foundation

/// The real data sets in `../shared/data` beside the package; they are not part of it.
package enum SharedData {
  /// Where the folder of the data set `name` would be.
  package static func folder(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared/data/\(name)").standardizedFileURL.path
  }

  /// Whether the data set `name` is beside the package.
  package static func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder(name))
  }
}
