import Lamina

extension CommandEncoder {
  /// Adds the kernels of a plain operation. Products are not among these: they have methods.
  func encode(_ operation: Operation<OpenCLBackend>) throws(BackendError) {
    switch operation {
    case .gather(let content): try encode(content)
    case .matmul: preconditionFailure("a product has a method")
    case .activation(let content): try encode(content)
    case .activationDelta(let content): try encode(content)
    case .softmax(let content): try encode(content)
    case .softmaxDelta(let content): try encode(content)
    case .loss(let content): try encode(content)
    case .add(let content): try encode(content)
    case .batchNormalization(let content): try encode(content)
    case .batchNormalizationDelta(let content): try encode(content)
    case .normalize(let content): try encode(content)
    case .layerNormalization(let content): try encode(content)
    case .layerNormalizationDelta(let content): try encode(content)
    case .layerNormalizationGradients(let content): try encode(content)
    case .dropout(let content): try encode(content)
    case .maxout(let content): try encode(content)
    case .maxoutDelta(let content): try encode(content)
    case .columnSums(let content): try encode(content)
    case .fill(let content): try encode(content)
    case .update(let content): try encode(content)
    case .penaltyGradient(let content): try encode(content)
    case .clip(let content): try encode(content)
    case .partialSums(let content): try encode(content)
    case .clipNorm(let content): try encode(content)
    case .decay(let content): try encode(content)
    case .columnNormLimit(let content): try encode(content)
    case .kernelFunction(let content): try encode(content)
    }
  }

  /// Adds a kernel that goes through flat arrays of `count` numbers, which is its first argument.
  func addFlat(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String] = [], count: Int,
    _ arguments: [KernelArgument]
  ) throws(BackendError) {
    try add(
      file, headers: headers, macros: macros, [.count(count)] + arguments, IndexSpace.flat(count))
  }

  /// Adds a kernel whose groups go down columns, with `columns.clh`.
  func addByColumns(
    _ file: KernelFile, macros: [String] = [], columns: Int, _ arguments: [KernelArgument]
  ) throws(BackendError) {
    try add(file, headers: [.columns], macros: macros, arguments, IndexSpace.columns(columns))
  }

  /// The scratch of `column_sum` in `columns.clh`.
  var columnScratch: KernelArgument { .localEach(shape.width * MemoryLayout<Float>.stride) }
  /// The scratch of `group_sum` in `common.clh`.
  var rowScratch: KernelArgument { .localEach(MemoryLayout<Float>.stride) }
}
