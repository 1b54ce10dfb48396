import FoundationEssentials
import Glibc

/// Drivers that are installed without the vendor file that would tell the OpenCL loader of them, as
/// in many containers: they are shown to the loader all the same.
///
/// The loader reads vendor files once, at its first call. For the time of that call it is sent to a
/// folder with the vendor files that there are and those that are missing; then the folder goes,
/// and the environment is as before. Child processes do the same for themselves.
struct DriverDiscovery: Sendable {
  /// The search of this process, which has taken place when this returns.
  static let done: DriverDiscovery = {
    let search = DriverDiscovery(
      VendorFiles(ProcessInfo.processInfo.environment),
      isWanted: !isSet("LAMINA_NO_DRIVER_SEARCH"))
    search.showDrivers(in: temporaryFolders)
    return search
  }()

  /// Installed libraries that no vendor file names.
  let unnamed: [DriverLibrary]
  /// The libraries looked for by name, each with the result; empty where there was no search.
  let states: [(library: DriverLibrary, state: DriverLibrary.State)]
  let vendors: VendorFiles

  /// Looks for libraries.
  ///
  /// - Parameter isWanted: True if the user allows it. One driver that a user has chosen by
  ///   `OCL_ICD_VENDORS` stays the only one in any case.
  init(
    _ vendors: VendorFiles, isWanted: Bool = true, known: [DriverLibrary] = DriverLibrary.all
  ) {
    self.vendors = vendors
    guard isWanted, case .folder = vendors.place else {
      (unnamed, states) = ([], [])
      return
    }
    // A file that names a library that cannot be loaded counts for nothing.
    let missing = known.filter { library in
      !vendors.named.contains { library.isNamed(by: $0) && DriverLibrary.load($0).isLoaded }
    }
    states = missing.map { ($0, $0.load()) }
    unnamed = states.filter { $0.state == .offersPlatforms }.map(\.library)
  }

  private static func isSet(_ name: String) -> Bool {
    !["", "0"].contains(ProcessInfo.processInfo.environment[name] ?? "")
  }

  /// The place of temporary folders.
  private static var temporaryFolders: [String] {
    let chosen = ProcessInfo.processInfo.environment["TMPDIR"].map { [$0] } ?? []
    return chosen + ["/tmp", "/dev/shm", "/var/tmp"]
  }

  /// Lets the loader read its vendor files and those for ``unnamed``, and tells of it.
  private func showDrivers(in folders: [String]) {
    guard !unnamed.isEmpty else { return }
    guard let folder = makeFolder(in: folders) else { return Self.tell(request) }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let former = getenv("OCL_ICD_VENDORS").map { String(cString: $0) }
    setenv("OCL_ICD_VENDORS", folder, 1)
    OpenCLDevice.startLoader()
    if let former {
      setenv("OCL_ICD_VENDORS", former, 1)
    } else {
      unsetenv("OCL_ICD_VENDORS")
    }
    Self.tell(notice)
  }

  /// A folder of its own with all vendor files; nil where none can be made.
  func makeFolder(in parents: [String]) -> String? {
    for parent in parents {
      var path = Array("\(parent)/lamina-drivers-XXXXXX".utf8CString)
      guard let made = mkdtemp(&path) else { continue }
      let folder = String(cString: made)
      if fill(folder) { return folder }
      try? FileManager.default.removeItem(atPath: folder)
    }
    return nil
  }

  private func fill(_ folder: String) -> Bool {
    let libraries = vendors.entries.map(\.library) + unnamed.map(\.name)
    return libraries.enumerated().allSatisfy { number, library in
      let path = "\(folder)/\(number).icd"
      return (try? Data("\(library)\n".utf8).write(to: URL(filePath: path))) != nil
    }
  }

  /// One line on the standard error.
  private static func tell(_ sentence: String) {
    let line = Array("lamina: \(sentence)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}

extension DriverLibrary.State {
  /// True if the library could be loaded.
  fileprivate var isLoaded: Bool {
    if case .notLoaded = self { false } else { true }
  }
}
