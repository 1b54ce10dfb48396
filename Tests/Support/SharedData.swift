import Foundation

/// The real data sets in `../shared/data`, next to the package. They are not part of it.
package enum SharedData {
  /// The path of the data set `name`, whether it exists or not.
  package static func folder(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared/data/\(name)").standardizedFileURL.path
  }

  /// Whether the data set `name` exists.
  package static func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder(name))
  }
}
