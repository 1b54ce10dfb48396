import Lamina

extension KernelCalls {
  /// By `softmax_cross_entropy.cl`, `elementwise_loss.cl` or `target_loss.cl`: loss, hits and delta in
  /// one kernel.
  func call(_ operation: Operation<OpenCLBackend>.LossEvaluation) -> KernelCall {
    guard let header = operation.loss.kernelHeader else {
      return call(
        operation, .softmaxCrossEntropy, headers: [.targets, .softmaxCrossEntropyRow],
        macros: operation.macros)
    }
    guard operation.loss.outputsPerTarget == 1 else {
      return call(
        operation, .targetLoss, headers: [header, .targets], macros: operation.macros)
    }
    return call(
      operation, .elementwiseLoss, headers: [operation.activation.kernelHeader, header, .targets],
      macros: operation.macros + operation.activation.macros)
  }

  /// The functions of all losses take the same arguments.
  private func call(
    _ request: Operation<OpenCLBackend>.LossEvaluation, _ file: KernelFile, headers: [KernelFile],
    macros: [String]
  ) -> KernelCall {
    let (outputs, delta) = (request.outputs, request.delta)
    return KernelCall(
      file, headers: headers, macros: macros,
      [
        .count(request.targetCount), .count(outputs.stride), .count(delta.stride),
        .firstIndex, .float(request.lossScale), .float(request.deltaScale),
        .buffer(outputs), .buffer(request.batch.indices),
        .buffer(request.targets),
      ] + (request.weights.map { [.buffer($0)] } ?? []) + [
        .buffer(delta), .buffer(request.meter.losses),
        .buffer(request.meter.hits), rowScratch,
      ], .groups(rows: outputs.rows),
      bytes: outputs.rows * (outputs.stride + delta.stride) * 4
    )
  }
}

extension Operation<OpenCLBackend>.LossEvaluation {
  /// The macros that fix a loss and its targets in a program.
  var macros: [String] {
    var macros = [targets.macro]
    if weights != nil { macros.append("WEIGHTED") }
    if case .softmaxCrossEntropy(let smoothing) = loss {
      if smoothing != 0 { macros += KernelParameter.macros(smoothing, named: "SMOOTHING") }
    } else {
      macros += KernelParameter.macros(loss.parameter?.value, named: "LOSS_PARAMETER")
    }
    if loss.outputsPerTarget > 1 { macros.append("PARTS=\(loss.outputsPerTarget)") }
    if let numbers = loss.numbers {
      macros.append("LOSS_NUMBERS=" + numbers.map(KernelParameter.text).joined(separator: ","))
    }
    return macros
  }
}

extension LossTargets<OpenCLBackend> {
  /// Chooses the function in `targets.clh`.
  fileprivate var macro: String {
    switch self {
    case .labels: "TARGET=int"
    case .values: "TARGET=float"
    }
  }
}
