import Glibc
import Synchronization

/// A folder for files that can be made again: plans and compiled kernels.
public struct CacheFolder: Sendable, Equatable {
  /// Its path. The folder is made when something is stored.
  public let path: String

  /// Uses a folder.
  public init(path: String) { self.path = path }

  /// `$LAMINA_CACHE`, or `lamina` in `$XDG_CACHE_HOME` or `~/.cache`; nil where none of these is
  /// known.
  static func user(_ environment: [String: String]) -> CacheFolder? {
    func folder(_ name: String) -> String? {
      // Relative folders would depend on where the program is started.
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    if let own = environment["LAMINA_CACHE"], !own.isEmpty { return CacheFolder(path: own) }
    if let caches = folder("XDG_CACHE_HOME") { return CacheFolder(path: caches + "/lamina") }
    return folder("HOME").map { CacheFolder(path: $0 + "/.cache/lamina") }
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The content of a file; nil where there is none.
  func read(_ name: String, limit: Int) throws(CacheError) -> [UInt8]? {
    // A pipe would block.
    let descriptor = open(file(name), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 && errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw failure("read", name) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("read", name) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      throw failure("read", name, EFBIG)
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw failure("read", name) }
    return Array(bytes.prefix(count))
  }

  private static let serial = Atomic(0)

  /// Stores a file as a whole: another process sees the old one or the new one.
  func write(_ bytes: some Collection<UInt8>, to name: String) throws(CacheError) {
    try makeFolders(for: name)
    let serial = Self.serial.add(1, ordering: .relaxed).newValue
    let temporary = file("\(name).\(getpid())-\(serial).tmp")
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("write", name) }
    let content = Array(bytes)
    // Regular files take all bytes at once, unless the disk is full.
    let isWhole =
      Glibc.write(descriptor, content, content.count) == content.count && fsync(descriptor) == 0
    let code = isWhole ? 0 : errno == 0 ? ENOSPC : errno
    close(descriptor)
    guard isWhole, rename(temporary, file(name)) == 0 else {
      let error = failure("write", name, isWhole ? errno : code)
      unlink(temporary)
      throw error
    }
  }

  /// Adds bytes at the end of a file, after a header where it is new. What several processes add
  /// stays whole.
  func append(
    _ bytes: [UInt8], to name: String, header: [UInt8]
  ) throws(CacheError) {
    try makeFolders(for: name)
    let descriptor = open(file(name), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw failure("write", name) }
    defer { close(descriptor) }
    // Locks go with their process.
    guard flock(descriptor, LOCK_EX) == 0 else { throw failure("write", name) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("write", name) }
    let content = (status.st_size == 0 ? header : []) + bytes
    guard Glibc.write(descriptor, content, content.count) == content.count else {
      throw failure("write", name)
    }
  }

  func remove(_ name: String) throws(CacheError) {
    guard unlink(file(name)) == 0 else { throw failure("remove", name) }
  }

  /// The names in one of its folders, sorted; none where it does not exist.
  func names(in folder: String) -> [String] {
    guard let stream = opendir(file(folder)) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes the folders above a file, for the user alone.
  private func makeFolders(for name: String) throws(CacheError) {
    var folder = ""
    for part in file(name).split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += part + "/"
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw CacheError(action: "make the folder", path: folder, code: errno)
      }
    }
  }

  private func failure(_ action: String, _ name: String, _ code: Int32 = errno) -> CacheError {
    CacheError(action: action, path: file(name), code: code)
  }
}

/// A failed access of a file of a ``CacheFolder``.
public struct CacheError: Error, Equatable, CustomStringConvertible {
  let action: String
  let path: String
  let code: Int32

  /// The reason alone.
  var reason: String { String(cString: strerror(code)) }
  /// The sentence.
  public var description: String { "cannot \(action) \(path): \(reason)" }
}
