import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `softmax_cross_entropy.cl` or `elementwise_loss.cl`: loss, hits and delta in one kernel.
  public func enqueueLoss(_ request: LossRequest<OpenCLBackend>) throws(BackendError) {
    guard let header = request.loss.kernelHeader else {
      return try enqueue(
        request, .softmaxCrossEntropy, headers: [.targets, .softmaxCrossEntropyRow],
        macros: request.macros)
    }
    try enqueue(
      request, .elementwiseLoss, headers: [request.activation.kernelHeader, header, .targets],
      macros: request.macros + request.activation.macros)
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
        .buffer(request.meter.hits.storage), .localEach(MemoryLayout<Float>.stride),
      ], Work.groups(rows: outputs.rows), bytes: outputs.rows * (outputs.stride + delta.stride) * 4
    )
  }
}

extension LossRequest<OpenCLBackend> {
  /// What fixes a loss and its targets in a program.
  var macros: [String] {
    var macros = [targets.macro]
    if weights != nil { macros.append("WEIGHTED") }
    if case .softmaxCrossEntropy(let smoothing) = loss {
      if smoothing != 0 { macros += KernelParameter.macros(smoothing, named: "SMOOTHING") }
    } else {
      macros += KernelParameter.macros(loss.parameter?.value, named: "LOSS_PARAMETER")
    }
    return macros
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

  var storage: OpenCLBackend.Storage {
    switch self {
    case .labels(let labels): labels.storage
    case .values(let values): values.storage
    }
  }
}
