extension ArrayExamples {
  /// The NPZ files in the folder at `path` that contain one array each and are named as in KMNIST
  /// and Kuzushiji-49: `k49-train-imgs.npz`, `k49-train-labels.npz`; nil if there are none.
  static func archives(path: String, files: [String]) throws(DataError) -> ArrayExamples? {
    var found: [String: String] = [:]
    var sets: Set<String> = []
    for file in files where PartName(file).ending == "npz" {
      guard let dot = file.lastIndex(of: "."), let name = IDXName(String(file[..<dot])) else {
        continue
      }
      sets.insert(name.set)
      found["\(name.part)_\(name.content)"] = file
    }
    guard !found.isEmpty else { return nil }
    guard sets.count == 1 else { throw .folder(path: path, .severalSets(sets.sorted())) }
    let files = found
    return ArrayExamples(path: path, names: files.keys.sorted()) { name throws(DataError) in
      let file = try ArrayExamples.npz(path: "\(path)/\(files[name] ?? name)")
      guard let only = file.names.first, file.names.count == 1 else {
        throw .array(path: file.path, .missing(lookedFor: ["arr_0"], found: file.names))
      }
      return try file.array(only)
    }
  }
}
