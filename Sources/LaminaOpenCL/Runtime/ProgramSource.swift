import Lamina

/// What a program is compiled from.
struct ProgramSource: Hashable {
  /// Names the program in messages: a path in the folder of kernels, without ending.
  let path: String
  /// Files that follow `common.clh`.
  let files: [KernelFile]
  /// What follows the files: kernels, where they have none.
  let text: String
  /// The compiler's.
  let options: String

  /// Gives all texts in their order. Each ends with a zero byte.
  func withTexts<Result>(
    _ body: ([UnsafePointer<CChar>]) throws(BackendError) -> Result
  ) throws(BackendError) -> Result {
    let files = ([.common] + files).map(\.text)
    return try text.utf8CString.withUnsafeBufferPointer { text throws(BackendError) in
      try body(files + (text.baseAddress.map { [$0] } ?? []))
    }
  }
}
