import COpenCL
import Lamina

/// A program built for one device.
final class Program {
  private let handle: cl_program
  private let queue: CommandQueue

  init(
    _ name: String, _ texts: [UnsafePointer<CChar>], options: String, _ queue: CommandQueue
  ) throws(BackendError) {
    var strings = texts.map(Optional.some)
    var status: cl_int = 0
    let program = clCreateProgramWithSource(
      queue.context, cl_uint(texts.count), &strings, nil, &status)
    guard let program, status == CL_SUCCESS else {
      throw queue.failure("clCreateProgramWithSource(\(name))", Status.name(status))
    }
    handle = program
    self.queue = queue
    var id: cl_device_id? = queue.device.id
    status = clBuildProgram(program, 1, &id, options, nil, nil)
    if status == CL_BUILD_PROGRAM_FAILURE {
      throw .kernelBuild(
        kernel: name, device: queue.device.description.name, log: buildLog)
    }
    try queue.check(status, "clBuildProgram(\(name))")
  }

  /// Takes what the device's compiler has made before; nil where the driver does not accept it.
  init?(_ name: String, binary: [UInt8], _ queue: CommandQueue) {
    var id: cl_device_id? = queue.device.id
    var status: cl_int = 0
    var length = binary.count
    let program = binary.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      return clCreateProgramWithBinary(queue.context, 1, &id, &length, &start, nil, &status)
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

  deinit { clReleaseProgram(handle) }

  /// What the device's compiler has made; nil where the driver keeps it to itself.
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
      throw queue.failure("clCreateKernel(\(name))", Status.name(status))
    }
    return Kernel(kernel, name)
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

  init(_ handle: cl_kernel, _ name: String) {
    self.handle = handle
    self.name = name
  }

  deinit { clReleaseKernel(handle) }

  /// The largest group that can run it on a device.
  func largestGroup(on device: OpenCLDevice) -> Int {
    var size = 0
    let status = clGetKernelWorkGroupInfo(
      handle, device.id, cl_kernel_work_group_info(CL_KERNEL_WORK_GROUP_SIZE),
      MemoryLayout<Int>.size, &size, nil)
    return status == CL_SUCCESS ? size : 1
  }

  func set(
    _ index: cl_uint, to argument: KernelArgument, _ queue: CommandQueue
  ) throws(BackendError) {
    switch argument {
    case .buffer(let storage):
      try set(index, to: Optional(storage.memory), queue)
    case .local(let byteCount):
      try queue.check(
        clSetKernelArg(handle, index, byteCount, nil), "clSetKernelArg(\(name), \(index))")
    case .count(let count):
      try set(index, to: UInt32(count), queue)
    case .float(let value):
      try set(index, to: value, queue)
    case .fields(let fields):
      try set(index, to: fields.map(\.bits), queue)
    case .steps:
      try set(index, to: StepsLaunch.noSteps, queue)
    case .firstIndex, .step, .rowOffset, .learningRate, .eachStep:
      try set(index, to: argument.stepValue(StepArguments()) ?? 0, queue)
    }
  }

  /// Sets an argument that is a structure.
  func set(
    _ index: cl_uint, to fields: [UInt32], _ queue: CommandQueue
  ) throws(BackendError) {
    let size = fields.count * MemoryLayout<UInt32>.stride
    try queue.check(
      clSetKernelArg(handle, index, size, fields), "clSetKernelArg(\(name), \(index))")
  }

  func set(
    _ index: cl_uint, to value: some BitwiseCopyable, _ queue: CommandQueue
  ) throws(BackendError) {
    let status = withUnsafeBytes(of: value) {
      clSetKernelArg(handle, index, $0.count, $0.baseAddress)
    }
    try queue.check(status, "clSetKernelArg(\(name), \(index))")
  }
}
