import Lamina

/// Makes the commands of a prepared list, in order: compiles kernels and sets their arguments.
final class CommandEncoder {
  let device: DeviceDescription
  let queue: CommandQueue
  let kernels: KernelLibrary
  let shape: WorkShape
  let scratch: Scratch
  /// The units that multiply small matrices; nil where there are none.
  var tensorCores: TensorCores?
  /// Commands so far.
  private(set) var commands: [Command] = []
  /// The products that the next kernels compute, for profiles.
  var products: [Profile.Work] = []
  /// Takes the name of each kernel.
  var noteKernel: ((String) -> Void)?

  init(
    _ device: DeviceDescription, _ queue: CommandQueue, _ kernels: KernelLibrary,
    _ shape: WorkShape, _ scratch: Scratch
  ) {
    self.device = device
    self.queue = queue
    self.kernels = kernels
    self.shape = shape
    self.scratch = scratch
  }

  /// Adds a command.
  func add(_ command: Command) {
    noteKernel?(command.name)
    commands.append(command)
  }

  /// Adds the kernel of one operation, in groups as large as both the device and the kernel allow.
  func add(_ call: KernelCall) throws(BackendError) {
    var shape = shape
    while true {
      let kernel = try kernels.kernel(call, shape)
      let size = shape.size(of: call.space)
      if size.groupSize > kernel.largestGroup, let smaller = shape.halved {
        shape = smaller
        continue
      }
      return try add(kernel, call.kernelArguments, size, bytes: call.bytes)
    }
  }

  /// Adds a kernel.
  ///
  /// - Parameter bytes: The bytes that it reads and writes; nil for all of its operands.
  func add(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String],
    _ arguments: [KernelArgument], _ work: WorkSize, bytes: Int? = nil
  ) throws(BackendError) {
    try add(kernel(file, headers: headers, macros: macros), arguments, work, bytes: bytes)
  }

  /// Adds a kernel.
  func add(
    _ kernel: consuming Kernel, _ arguments: [KernelArgument], _ work: WorkSize, bytes: Int? = nil
  ) throws(BackendError) {
    let profiled = profiled(kernel.name, arguments, bytes)
    add(.kernel(try Launch(queue, kernel, arguments, work: work, profiled: profiled)))
  }

  /// Adds a kernel that takes several training steps at once.
  func addSteps(
    _ kernel: consuming Kernel, _ arguments: [KernelArgument], _ values: StepValues,
    _ work: WorkSize
  ) throws(BackendError) {
    let profiled = profiled(kernel.name, arguments, nil)
    let launch = try Launch(queue, kernel, arguments, work: work, profiled: profiled)
    add(.steps(StepsLaunch(launch, values)))
  }

  /// A new kernel object, compiled for the device's shape.
  func kernel(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String], lanes: Int? = nil
  ) throws(BackendError) -> Kernel {
    try kernels.kernel(
      file, headers: headers,
      macros: ["WIDTH=\(shape.width)", "LANES=\(lanes ?? shape.lanes)"] + macros)
  }

  /// The entry of a kernel in a profile; nil where nothing is measured.
  private func profiled(
    _ name: String, _ arguments: [KernelArgument], _ bytes: Int?
  ) -> Profile.Work? {
    guard queue.events != nil else { return nil }
    // Parts of a product are added up by a kernel that multiplies nothing.
    let multiplies =
      name.hasPrefix("matmul") && name != "matmul_parts" || name.hasSuffix("_layer")
      || name == "whole_steps"
    if multiplies, !products.isEmpty { return .joined(name, products) }
    var sizes: [ObjectIdentifier: Int] = [:]
    for case .memory(let buffer, _, let byteCount, _) in arguments {
      sizes[ObjectIdentifier(buffer)] = max(sizes[ObjectIdentifier(buffer)] ?? 0, byteCount)
    }
    return .moving(name, bytes: bytes ?? sizes.values.reduce(0, +))
  }
}

extension Profile.Work {
  /// A kernel that computes several products.
  static func joined(_ kernel: String, _ products: [Profile.Work]) -> Profile.Work {
    Profile.Work(
      name: kernel + products.map(\.name).joined(separator: " +"),
      operations: products.reduce(0) { $0 + $1.operations },
      bytes: products.reduce(0) { $0 + $1.bytes })
  }
}
