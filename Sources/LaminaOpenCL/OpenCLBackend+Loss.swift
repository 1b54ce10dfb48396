import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `softmax_cross_entropy.cl` or `elementwise_loss.cl`: loss, hits and delta in one kernel.
  public func enqueueLoss(_ request: LossRequest<OpenCLBackend>) throws(BackendError) {
    var macros = [request.targets.macro] + (request.weights == nil ? [] : ["WEIGHTED"])
    guard let header = request.loss.kernelHeader else {
      if case .softmaxCrossEntropy(let smoothing) = request.loss, smoothing != 0 {
        macros += KernelParameter.macros(smoothing, named: "SMOOTHING")
      }
      return try enqueue(request, .softmaxCrossEntropy, headers: [.targets], macros: macros)
    }
    macros += KernelParameter.macros(request.loss.parameter?.value, named: "LOSS_PARAMETER")
    macros += request.activation.macros
    try enqueue(
      request, .elementwiseLoss, headers: [request.activation.kernelHeader, header, .targets],
      macros: macros)
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
        .firstIndex, .float(request.lossScale), .float(request.deltaScale),
        .buffer(outputs.storage), .buffer(request.batch.indices.storage),
        .buffer(request.targets.storage),
      ] + (request.weights.map { [.buffer($0.storage)] } ?? []) + [
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
