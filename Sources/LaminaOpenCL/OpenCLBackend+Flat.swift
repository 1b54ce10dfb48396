import CKernelSources
import Lamina

extension OpenCLBackend {
  /// Performs a kernel that goes through flat arrays of `count` numbers, which is its first argument.
  func performFlat(
    _ file: KernelFile, macros: [String] = [], count: Int, _ arguments: [KernelArgument]
  ) throws(BackendError) {
    try perform(
      file, macros: macros, [.count(count)] + arguments, Work.flat(count))
  }
}
