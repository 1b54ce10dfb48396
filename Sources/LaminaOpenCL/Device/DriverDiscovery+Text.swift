import FoundationEssentials

extension DriverDiscovery {
  /// That drivers are used for which there is no vendor file.
  var notice: String {
    "using \(names), which no vendor file in \(folder) names; \(files) there would end this notice"
  }

  /// The advice where drivers cannot be used.
  var request: String {
    "\(names) cannot be used: no vendor file in \(folder) names it, and no temporary folder can be "
      + "written to help with that; write \(files) there"
  }

  /// The search for drivers as text, for those who miss a device.
  var report: String {
    ([placeText] + vendors.libraries.map { "OCL_ICD_FILENAMES names \(Self.text(ofNamed: $0))" }
      + [searchText].compactMap { $0 }).joined(separator: "; ")
  }

  private var names: String { unnamed.map(\.name).joined(separator: " and ") }

  /// The files to write, with their content.
  private var files: String {
    unnamed.map { "a file \($0.vendorFile) with the line '\($0.name)'" }
      .joined(separator: " and ")
  }

  private var folder: String {
    if case .folder(let path) = vendors.place { path } else { VendorFiles.standardFolder }
  }

  private var placeText: String {
    switch vendors.place {
    case .one(let name):
      let entry = vendors.entries.first
      let library =
        entry.map { "\(name) names \(Self.text(ofNamed: $0.library))" }
        ?? Self.text(ofNamed: name)
      return "OCL_ICD_VENDORS lets OpenCL use one driver alone: \(library)"
    case .folder(let path):
      guard FileManager.default.fileExists(atPath: path) else {
        return "OpenCL drivers are named by files in \(path), which does not exist"
      }
      guard !vendors.entries.isEmpty else {
        return "OpenCL drivers are named by files in \(path), which has no file *.icd"
      }
      let files = vendors.entries.map { entry in
        "\(entry.path.split(separator: "/").last ?? "") names \(Self.text(ofNamed: entry.library))"
      }
      return "OpenCL drivers are named by files in \(path): " + files.joined(separator: ", ")
    }
  }

  private static func text(ofNamed library: String) -> String {
    switch DriverLibrary.load(library) {
    case .notLoaded(let reason): "\(library), which cannot be loaded (\(reason))"
    case .empty: "\(library), which finds no device"
    case .offersPlatforms: library
    }
  }

  private var searchText: String? {
    let texts = states.compactMap { library, state -> String? in
      switch state {
      case .notLoaded(let reason):
        // The usual case needs no words of the loader.
        reason.contains("No such file") && reason.hasPrefix("\(library.name):")
          ? "\(library.name) (not installed)" : "\(library.name) (\(reason))"
      case .empty: "\(library.name) (installed, but finds no device)"
      case .offersPlatforms: "\(library.name) (used)"
      }
    }
    return texts.isEmpty ? nil : "looked for without such a file: " + texts.joined(separator: ", ")
  }
}
