import COpenCL
import Lamina

/// Builds kernels, each once for a set of macros.
final class KernelLibrary {
  /// Seconds spent in the device's compiler.
  private(set) var buildSeconds = 0.0
  /// Programs that the cache had.
  private(set) var cacheHits = 0

  private let queue: CommandQueue
  private let cache: KernelCache?
  private var programs: [ProgramSource: Program] = [:]
  private var ahead: (source: ProgramSource, build: AheadBuild)?
  /// Macros that tests add to the file of a kernel to make its kernel wrong.
  var faults: [String: [String]] = [:]

  /// - Parameter cache: The cache of compiled programs; nil where the driver has one.
  init(_ queue: CommandQueue, cache: KernelCache? = nil) {
    self.queue = queue
    self.cache = cache
  }

  /// A new kernel object from a file, which holds one kernel with the file's name.
  ///
  /// - Parameter macros: Definitions such as `WIDTH=16`.
  func kernel(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String]
  ) throws(BackendError) -> Kernel {
    try kernel(file.kernelName, in: file.path, files: headers + [file], macros: macros)
  }

  /// A new kernel object that makes one call.
  func kernel(_ call: KernelCall, _ shape: WorkShape) throws(BackendError) -> Kernel {
    try program(source(call, shape)).kernel(call.file.kernelName)
  }

  /// A new kernel object from a program of some files and a text.
  ///
  /// - Parameters:
  ///   - path: Names the program in messages.
  ///   - language: The version of OpenCL C: with 2.0 come atomics whose order is known.
  ///   - isOptimized: False for compilers that would take minutes.
  func kernel(
    _ name: String, in path: String, files: [KernelFile], macros: [String], text: String = "",
    language: String = "CL1.2", isOptimized: Bool = true
  ) throws(BackendError) -> Kernel {
    let options =
      Self.options(macros + (faults[name] ?? []), language: language)
      + (isOptimized ? "" : " -cl-opt-disable")
    return try program(ProgramSource(path: path, files: files, text: text, options: options))
      .kernel(name)
  }

  private func source(_ call: KernelCall, _ shape: WorkShape) -> ProgramSource {
    let macros = shape.macros(of: call.space) + call.macros + (faults[call.file.kernelName] ?? [])
    return ProgramSource(
      path: call.file.path, files: call.headers + [call.file], text: call.text(shape),
      options: Self.options(macros))
  }

  private func program(_ source: ProgramSource) throws(BackendError) -> Program {
    try takeAhead()
    if let program = programs[source] { return program }
    let program = try source.withTexts { texts throws(BackendError) in
      try build(source.path, texts, options: source.options)
    }
    programs[source] = program
    return program
  }

  /// Prepares to build the program of a call while this thread waits for something else.
  func prepareAhead(_ call: KernelCall, _ shape: WorkShape) throws(BackendError) {
    let source = source(call, shape)
    try source.withTexts { texts throws(BackendError) in
      if let key = cache?.key(texts, options: source.options), cache?.read(key) != nil { return }
      let program = try Program(unbuilt: source.path, texts, queue)
      ahead = (source, AheadBuild(program, options: source.options))
    }
  }

  /// Starts to build the prepared program, if there is one. To be called right before a long wait.
  func beginAhead() { ahead?.build.begin() }

  private func takeAhead() throws(BackendError) {
    guard let (source, build) = ahead else { return }
    ahead = nil
    let start = ContinuousClock.now
    if let program = build.take() {
      programs[source] = program
      try source.withTexts { texts throws(BackendError) in
        if let key = cache?.key(texts, options: source.options), let binary = program.binary {
          cache?.store(binary, key)
        }
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
