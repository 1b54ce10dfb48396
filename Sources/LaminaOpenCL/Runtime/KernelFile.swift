import CKernelSources

/// An embedded file of the top-level `Kernels` folder.
struct KernelFile: Hashable {
  private let index: Int

  /// Finds a file by its path in the folder, such as `optimizers/adam.clh`. To name one that is not in
  /// `Kernels/files.def` is a programmer's error.
  init(_ path: String) {
    guard let index = Self.indices[path] else {
      preconditionFailure("Kernels/files.def has no line for '\(path)'")
    }
    self.index = index
  }

  /// The embedded text, which ends with a zero byte.
  var text: UnsafePointer<CChar> { Self.sources[index].text }

  /// The file's path in the folder without its ending, such as `optimizers/adam`.
  var path: String { String(String(cString: Self.sources[index].path).prefix { $0 != "." }) }

  /// The file's name without its ending, which is that of its kernel.
  var kernelName: String { String(path.split(separator: "/").last ?? "") }

  /// Names and texts of all embedded files, a name being the path in the folder.
  static var all: [(name: String, text: String)] {
    sources.map { (String(cString: $0.path), String(cString: $0.text)) }
  }

  // The pointers lead to constants of the program.
  nonisolated(unsafe) private static let sources = [kernel_source](
    unsafeUninitializedCapacity: kernel_source_count
  ) { sources, count in
    if let start = sources.baseAddress { kernel_sources(start) }
    count = kernel_source_count
  }

  private static let indices = Dictionary(
    sources.enumerated().map { (String(cString: $0.element.path), $0.offset) },
    uniquingKeysWith: { first, _ in first })
}
