import Lamina

/// The calls of device functions that compute plain operations on a device.
struct KernelCalls {
  let device: DeviceDescription
  let shape: WorkShape

  /// The call for an operation; nil where nothing is to be done. Products are not among these: they
  /// have methods.
  func call(_ operation: Operation<OpenCLBackend>) -> KernelCall? {
    switch operation {
    case .gather(let content): call(content)
    case .matmul: nil
    case .activation(let content): call(content)
    case .activationDelta(let content): call(content)
    case .softmax(let content): call(content)
    case .softmaxDelta(let content): call(content)
    case .loss(let content): call(content)
    case .add(let content): call(content)
    case .batchNormalization(let content): call(content)
    case .batchNormalizationDelta(let content): call(content)
    case .normalize(let content): call(content)
    case .layerNormalization(let content): call(content)
    case .layerNormalizationDelta(let content): call(content)
    case .layerNormalizationGradients(let content): call(content)
    case .dropout(let content): call(content)
    case .maxout(let content): call(content)
    case .maxoutDelta(let content): call(content)
    case .embedding(let content): call(content)
    case .embeddingGradients(let content): call(content)
    case .columnSums(let content): call(content)
    case .fill(let content): call(content)
    case .update(let content): call(content)
    case .penaltyGradient(let content): call(content)
    case .clip(let content): call(content)
    case .partialSums(let content): call(content)
    case .clipNorm(let content): call(content)
    case .decay(let content): call(content)
    case .columnNormLimit(let content): call(content)
    case .kernelFunction(let content): call(content)
    }
  }

  /// A call for flat arrays of `count` numbers.
  func flat(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String] = [], count: Int,
    _ arguments: [KernelArgument]
  ) -> KernelCall {
    KernelCall(file, headers: headers, macros: macros, arguments, .flat(count))
  }

  /// A call that goes down columns, with `columns.clh`.
  func byColumns(
    _ file: KernelFile, macros: [String] = [], columns: Int, _ arguments: [KernelArgument]
  ) -> KernelCall {
    KernelCall(file, headers: [.columns], macros: macros, arguments, .columns(columns))
  }

  /// The scratch of `column_sum` in `columns.clh`.
  var columnScratch: KernelArgument {
    .localEach(shape.width * MemoryLayout<Float>.stride, .vectors)
  }
  /// The scratch of `group_sum` in `common.clh`.
  var rowScratch: KernelArgument { .localEach(MemoryLayout<Float>.stride) }
}

extension CommandEncoder {
  /// Adds the kernel of a plain operation other than a product.
  func encode(_ operation: Operation<OpenCLBackend>) throws(BackendError) {
    if let call = KernelCalls(device: device, shape: shape).call(operation) { try add(call) }
  }
}
