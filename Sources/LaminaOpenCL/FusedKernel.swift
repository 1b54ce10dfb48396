import Lamina

/// A kernel that takes the place of several operations, with what a compiler may get right for one
/// of its kind and wrong for another.
enum FusedKernel: Hashable {
  case inputLayer(macros: [String], Activation)
  case outputLayer(macros: [String], Activation?)
  case jointUpdate(JointUpdate.Variant)
  case denseSteps(macros: [String], Activation)

  /// For messages.
  var name: String {
    switch self {
    case .inputLayer: "an input layer"
    case .outputLayer: "an output layer"
    case .jointUpdate: "a joint update"
    case .denseSteps: "a training step"
    }
  }
}

extension OpenCLBackend {
  /// Whether a kernel computes right, which is found out before its first use. A failure to compile
  /// is wrong too.
  ///
  /// - Parameter mismatch: The first wrong number of a small trial; nil where all are right.
  func isRight(
    _ kernel: FusedKernel,
    mismatch: () throws(BackendError) -> (expected: Float, actual: Float)?
  ) throws(BackendError) -> Bool {
    if let known = fusedKernels[kernel] { return known }
    let problem = try checking { () throws(BackendError) -> BackendError? in
      do throws(BackendError) {
        guard let wrong = try mismatch() else { return nil }
        return .wrongResult(
          operation: kernel.name, device: device.name, expected: wrong.expected,
          actual: wrong.actual)
      } catch .kernelBuild(let kernel, let device, let log) {
        return .kernelBuild(kernel: kernel, device: device, log: log)
      }
    }
    if let problem { warn("\(problem); separate operations take its place") }
    fusedKernels[kernel] = problem == nil
    return problem == nil
  }
}
