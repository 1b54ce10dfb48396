import COpenCL
import Lamina

/// Builds kernels, each once for a set of macros.
final class KernelLibrary {
  /// Seconds spent in the device's compiler.
  private(set) var buildSeconds = 0.0
  /// Programs that the cache had.
  private(set) var cacheHits = 0

  private struct Key: Hashable {
    let files: [KernelFile]
    /// What follows the files.
    var text = ""
    let options: String
  }

  private let queue: CommandQueue
  private let cache: KernelCache?
  private var programs: [Key: Program] = [:]
  private var ahead: (key: Key, build: AheadBuild)?
  /// Macros that tests add to the file of a kernel to make its kernel wrong.
  var faults: [String: [String]] = [:]

  /// - Parameter cache: The cache of compiled programs; nil where the driver has one.
  init(_ queue: CommandQueue, cache: KernelCache? = nil) {
    self.queue = queue
    self.cache = cache
  }

  /// A new kernel object from a file, which holds one kernel with the file's name.
  ///
  /// - Parameters:
  ///   - macros: Definitions such as `WIDTH=16`.
  ///   - text: What follows the files: the kernel, where the file has none.
  func kernel(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String], text: String = ""
  ) throws(BackendError) -> Kernel {
    try kernel(
      file.kernelName, in: file.path, files: headers + [file], macros: macros, text: text)
  }

  /// A new kernel object from a program of some files and a text.
  ///
  /// - Parameters:
  ///   - path: Names the program in messages.
  ///   - language: The version of OpenCL C: with 3.0 come atomics whose order is known.
  func kernel(
    _ name: String, in path: String, files: [KernelFile], macros: [String], text: String,
    language: String = "CL1.2"
  ) throws(BackendError) -> Kernel {
    let key = Key(
      files: files, text: text,
      options: Self.options(macros + (faults[name] ?? []), language: language))
    takeAhead()
    if let program = programs[key] { return try program.kernel(name) }
    let files = ([.common] + files).map(\.text)
    let program = try text.utf8CString.withUnsafeBufferPointer {
      text throws(BackendError) in
      try build(path, files + (text.baseAddress.map { [$0] } ?? []), options: key.options)
    }
    programs[key] = program
    return try program.kernel(name)
  }

  /// Prepares to build a kernel's program while this thread waits for something else.
  func prepareAhead(_ file: KernelFile, macros: [String]) throws(BackendError) {
    let options = Self.options(macros)
    let texts = [KernelFile.common, file].map(\.text)
    if let key = cache?.key(texts, options: options), cache?.read(key) != nil { return }
    let program = try Program(unbuilt: file.path, texts, queue)
    ahead = (Key(files: [file], options: options), AheadBuild(program, options: options))
  }

  /// Starts to build the prepared program, if there is one. To be called right before a long wait.
  func beginAhead() { ahead?.build.begin() }

  private func takeAhead() {
    guard let ahead else { return }
    self.ahead = nil
    let start = ContinuousClock.now
    if let program = ahead.build.take() {
      programs[ahead.key] = program
      let texts = ([.common] + ahead.key.files).map(\.text)
      if let key = cache?.key(texts, options: ahead.key.options), let binary = program.binary {
        cache?.store(binary, key)
      }
    }
    buildSeconds += (ContinuousClock.now - start) / .seconds(1)
  }

  /// Builds texts, which end with a zero byte, as one program. `name` names it in messages: a path
  /// in the folder of kernels, without ending.
  func build(
    _ name: String, _ texts: [UnsafePointer<CChar>], options: String
  ) throws(BackendError) -> Program {
    let start = ContinuousClock.now
    defer { buildSeconds += (ContinuousClock.now - start) / .seconds(1) }
    let key = cache?.key(texts, options: options)
    if let key, let binary = cache?.read(key), let program = Program(name, binary: binary, queue) {
      cacheHits += 1
      return program
    }
    let program = try Program(name, texts, options: options, queue)
    if let key, let binary = program.binary { cache?.store(binary, key) }
    return program
  }

  /// No option that relaxes arithmetic: NaN and infinity keep their meaning.
  static func options(_ macros: [String], language: String = "CL1.2") -> String {
    (["-cl-std=\(language)"] + macros.map { "-D\($0)" }).joined(separator: " ")
  }
}
