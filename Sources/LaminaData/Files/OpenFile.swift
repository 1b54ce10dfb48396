import Glibc

/// An open file descriptor, and its path for messages. It is closed with the last reference.
final class OpenFile {
  /// The path for messages.
  let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Opens the regular file at `path` for reading.
  static func reading(_ path: String) throws(DataError) -> OpenFile {
    // A pipe without a writer would block in `open` before it could be refused.
    let file = try opened(path, flags: O_RDONLY | O_NONBLOCK)
    guard try file.status().isRegularFile else { throw .notAFile(path: path) }
    return file
  }

  /// The standard input, to be read.
  static func standardInput() throws(DataError) -> OpenFile {
    try standard(STDIN_FILENO, "the standard input", "read")
  }

  /// The standard output, to be written.
  static func standardOutput() throws(DataError) -> OpenFile {
    try standard(STDOUT_FILENO, "the standard output", "write")
  }

  private static func standard(
    _ stream: Int32, _ name: String, _ action: String
  ) throws(DataError) -> OpenFile {
    // A copy, since closing the stream itself would give its number to the next file.
    let descriptor = fcntl(stream, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw .system(action: action, path: name, code: errno) }
    return OpenFile(path: name, descriptor: descriptor)
  }

  /// Creates the file `temporary` for writing; messages name `path`, which it will replace.
  static func creating(
    _ temporary: String, for path: String, permissions: mode_t
  ) throws(DataError) -> OpenFile {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = open(temporary, flags, permissions)
    guard descriptor >= 0 else { throw .system(action: "write", path: path, code: errno) }
    return OpenFile(path: path, descriptor: descriptor)
  }

  /// Opens a folder in order to synchronize it.
  static func folder(_ path: String) throws(DataError) -> OpenFile {
    try opened(path, flags: O_RDONLY | O_DIRECTORY)
  }

  private static func opened(_ path: String, flags: Int32) throws(DataError) -> OpenFile {
    let descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(action: "open", path: path, code: errno) }
    return OpenFile(path: path, descriptor: descriptor)
  }

  func status() throws(DataError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("examine") }
    return status
  }

  /// The size of the file in bytes.
  func length() throws(DataError) -> Int { Int(try status().st_size) }

  /// Reads until `buffer` is full or the file ends; returns the number of bytes read.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = Glibc.read(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw failure("read") }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads the next `count` elements, or fewer at the end of the file.
  func read<Element: BitwiseCopyable>(
    _ count: Int, of type: Element.Type
  ) throws(DataError) -> [Element] {
    try [Element](count: count) { buffer throws(DataError) in try read(into: buffer) }
  }

  /// The number of bytes before the next one; nil for a pipe.
  var position: Int? {
    let place = lseek(descriptor, 0, SEEK_CUR)
    return place < 0 ? nil : Int(place)
  }

  /// Moves back to the first byte.
  func rewind() throws(DataError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure("read") }
  }

  /// Writes `elements` in their memory layout.
  func write<Element: BitwiseCopyable>(_ elements: [Element]) throws(DataError) {
    let span = elements.span
    let bytes = span.bytes
    try bytes.withUnsafeBytes { buffer throws(DataError) in try write(buffer) }
  }

  /// Overwrites the bytes from `offset` on.
  func write(_ bytes: [UInt8], at offset: Int) throws(DataError) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) == offset else { throw failure("write") }
    try write(bytes)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
    if writeAll(bytes, to: descriptor) != nil { throw failure("write") }
  }

  func setPermissions(_ permissions: mode_t) throws(DataError) {
    guard fchmod(descriptor, permissions) == 0 else { throw failure("set the permissions of") }
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws(DataError) {
    guard fsync(descriptor) == 0 else { throw failure("flush") }
  }

  private func failure(_ action: String) -> DataError {
    .system(action: action, path: path, code: errno)
  }
}

extension stat {
  var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

  /// The status of the file at `path`, following links; nil if there is none.
  static func of(_ path: String) throws(DataError) -> stat? {
    var status = stat()
    if fstatat(AT_FDCWD, path, &status, 0) == 0 { return status }
    if errno == ENOENT { return nil }
    throw .system(action: "examine", path: path, code: errno)
  }
}

/// Writes all `bytes`, and returns the error number if that fails.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
  var written = 0
  while written < bytes.count {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
    let count = write(descriptor, rest.baseAddress, rest.count)
    if count < 0 && errno == EINTR { continue }
    if count < 0 { return errno }
    written += count
  }
  return nil
}

/// Writes all `bytes`, and returns the error number if that fails.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
}
