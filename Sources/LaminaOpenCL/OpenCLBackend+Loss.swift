import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `softmax_cross_entropy.cl` or `quadratic_loss.cl`: loss, hits and delta in one kernel.
  public func enqueueLoss(_ request: LossRequest<OpenCLBackend>) throws(BackendError) {
    switch request.loss {
    case .softmaxCrossEntropy:
      try enqueue(
        request, .softmaxCrossEntropy, headers: [.targets], macros: [request.targets.macro])
    case .quadratic:
      try enqueue(
        request, .quadraticLoss, headers: [.activations, .targets],
        macros: [request.targets.macro] + request.activation.macros)
    }
  }

  /// The kernels of both losses take the same arguments.
  private func enqueue(
    _ request: LossRequest<OpenCLBackend>, _ file: KernelFile, headers: [KernelFile],
    macros: [String]
  ) throws(BackendError) {
    let (outputs, delta) = (request.outputs, request.delta)
    try perform(
      file, headers: headers, macros: macros,
      [
        .count(outputs.rows), .count(outputs.columns), .count(outputs.stride), .count(delta.stride),
        .firstIndex,
        .float(request.deltaScale), .buffer(outputs.storage),
        .buffer(request.batch.indices.storage), .buffer(request.targets.storage),
        .buffer(delta.storage), .buffer(request.meter.losses.storage),
        .buffer(request.meter.hits.storage), .local(shape.lanes * MemoryLayout<Float>.stride),
      ], shape.groups(rows: outputs.rows), bytes: outputs.rows * (outputs.stride + delta.stride) * 4
    )
  }
}

extension LossRequest<OpenCLBackend>.Targets {
  /// Chooses the function in `targets.clh`.
  fileprivate var macro: String {
    switch self {
    case .labels: "TARGET=int"
    case .values: "TARGET=float"
    }
  }

  fileprivate var storage: OpenCLBackend.Storage {
    switch self {
    case .labels(let labels): labels.storage
    case .values(let values): values.storage
    }
  }
}
