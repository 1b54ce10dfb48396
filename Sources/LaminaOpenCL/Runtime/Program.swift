import COpenCL
import Lamina

/// A program built for one device.
final class Program {
  private let handle: cl_program
  private let queue: CommandQueue

  /// Builds texts.
  convenience init(
    _ name: String, _ texts: [UnsafePointer<CChar>], options: String, _ queue: CommandQueue
  ) throws(BackendError) {
    try self.init(unbuilt: name, texts, queue)
    let status = build(options)
    if status == CL_BUILD_PROGRAM_FAILURE {
      throw .kernelBuild(
        kernel: name, device: queue.device.description.name, log: buildLog)
    }
    try queue.check(status, "clBuildProgram(\(name))")
  }

  /// Takes texts, for ``build(_:)``.
  init(
    unbuilt name: String, _ texts: [UnsafePointer<CChar>], _ queue: CommandQueue
  ) throws(BackendError) {
    var strings = texts.map(Optional.some)
    var status: cl_int = 0
    let program = clCreateProgramWithSource(
      try queue.context, cl_uint(texts.count), &strings, nil, &status)
    guard let program, status == CL_SUCCESS else {
      throw queue.failure("clCreateProgramWithSource(\(name))", status)
    }
    handle = program
    self.queue = queue
  }

  /// Builds a program of ``init(unbuilt:_:_:)``. Another thread than the queue's may call it.
  func build(_ options: String) -> cl_int {
    var id: cl_device_id? = queue.device.id
    return clBuildProgram(handle, 1, &id, options, nil, nil)
  }

  /// Takes an earlier binary of the device's compiler; nil where the driver does not accept it.
  init?(_ name: String, binary: [UInt8], _ queue: CommandQueue) {
    guard let context = try? queue.context else { return nil }
    var id: cl_device_id? = queue.device.id
    var status: cl_int = 0
    var length = binary.count
    let program = binary.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      return clCreateProgramWithBinary(context, 1, &id, &length, &start, nil, &status)
    }
    guard let program else { return nil }
    guard status == CL_SUCCESS, clBuildProgram(program, 1, &id, nil, nil, nil) == CL_SUCCESS
    else {
      clReleaseProgram(program)
      return nil
    }
    handle = program
    self.queue = queue
  }

  deinit {
    if !queue.isLost { clReleaseProgram(handle) }
  }

  /// The binary of the device's compiler; nil where the driver keeps it to itself.
  var binary: [UInt8]? {
    var length = 0
    var status = clGetProgramInfo(
      handle, cl_program_info(CL_PROGRAM_BINARY_SIZES), MemoryLayout<Int>.size, &length, nil)
    guard status == CL_SUCCESS, (1...KernelCache.largestBinary).contains(length) else { return nil }
    var bytes = [UInt8](repeating: 0, count: length)
    status = bytes.withUnsafeMutableBufferPointer { bytes in
      var start = bytes.baseAddress
      return clGetProgramInfo(
        handle, cl_program_info(CL_PROGRAM_BINARIES), MemoryLayout.size(ofValue: start), &start,
        nil)
    }
    return status == CL_SUCCESS ? bytes : nil
  }

  func kernel(_ name: String) throws(BackendError) -> Kernel {
    var status: cl_int = 0
    guard let kernel = clCreateKernel(handle, name, &status) else {
      throw queue.failure("clCreateKernel(\(name))", status)
    }
    return Kernel(kernel, name, queue)
  }

  private var buildLog: String {
    string { size, bytes, needed in
      clGetProgramBuildInfo(
        handle, queue.device.id, cl_program_build_info(CL_PROGRAM_BUILD_LOG), size, bytes, needed)
    } ?? "(no log)"
  }
}

/// A kernel object.
struct Kernel: ~Copyable {
  let handle: cl_kernel
  let name: String
  private let queue: CommandQueue

  init(_ handle: cl_kernel, _ name: String, _ queue: CommandQueue) {
    self.handle = handle
    self.name = name
    self.queue = queue
  }

  deinit {
    if !queue.isLost { clReleaseKernel(handle) }
  }

  /// The largest group that can run it.
  var largestGroup: Int {
    var size = 0
    let status = clGetKernelWorkGroupInfo(
      handle, queue.device.id, cl_kernel_work_group_info(CL_KERNEL_WORK_GROUP_SIZE),
      MemoryLayout<Int>.size, &size, nil)
    return status == CL_SUCCESS ? size : 1
  }

  func set(
    _ index: cl_uint, to argument: KernelArgument, groupSize: Int
  ) throws(BackendError) {
    switch argument {
    case .memory(let buffer, let offset, _, let type):
      precondition(offset % type.size == 0, "\(offset) in \(type.size)s")
      try set(index, to: Optional(buffer.memory))
      try set(index + 1, to: try word(offset / type.size))
    case .local(let byteCount, _): try setLocal(index, byteCount)
    case .localEach(let byteCount, _): try setLocal(index, byteCount * groupSize)
    case .count(let count): try set(index, to: try word(count))
    case .word(let word): try set(index, to: word)
    case .float(let value):
      try set(index, to: value)
    case .fields(let fields):
      var words: [UInt32] = []
      for field in fields {
        switch field {
        case .count(let count): words.append(try word(count))
        case .float(let value): words.append(value.bitPattern)
        case .word(let word): words.append(word)
        }
      }
      try set(index, to: words)
    case .steps(let values): try set(index, to: values.noSteps)
    case .coefficients(let optimizer, _):
      try set(index, to: optimizer.rule.coefficients(StepArguments()))
    case .firstIndex, .step, .rowOffset, .learningRate, .keptShare:
      try set(index, to: argument.stepValue(StepArguments()) ?? 0)
    }
  }

  private func setLocal(_ index: cl_uint, _ byteCount: Int) throws(BackendError) {
    try queue.check(
      clSetKernelArg(handle, index, byteCount, nil), "clSetKernelArg(\(name), \(index))")
  }

  /// A size as kernels take it: below 2^32, with room for a group to count beyond the end.
  private func word(_ count: Int) throws(BackendError) -> UInt32 {
    guard (0...Int(UInt32.max) - 0xffff).contains(count) else {
      throw .tooLarge(operation: name, count: count, device: queue.device.description.name)
    }
    return UInt32(count)
  }

  /// Sets an argument that is a structure.
  func set(_ index: cl_uint, to fields: [UInt32]) throws(BackendError) {
    let size = fields.count * MemoryLayout<UInt32>.stride
    try queue.check(
      clSetKernelArg(handle, index, size, fields), "clSetKernelArg(\(name), \(index))")
  }

  /// Sets an argument that is a structure of the coefficients.
  func set(_ index: cl_uint, to coefficients: OptimizerCoefficients) throws(BackendError) {
    let status = coefficients.withUnsafeBytes {
      clSetKernelArg(handle, index, $0.count, $0.baseAddress)
    }
    try queue.check(status, "clSetKernelArg(\(name), \(index))")
  }

  func set(_ index: cl_uint, to value: some BitwiseCopyable) throws(BackendError) {
    let status = withUnsafeBytes(of: value) {
      clSetKernelArg(handle, index, $0.count, $0.baseAddress)
    }
    try queue.check(status, "clSetKernelArg(\(name), \(index))")
  }
}
