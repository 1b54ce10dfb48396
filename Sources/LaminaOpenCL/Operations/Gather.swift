import Lamina

extension KernelCalls {
  /// By `gather.cl`, compiled for bytes and for floats, for one scale and for one a feature.
  func call(_ operation: Operation<OpenCLBackend>.Gather) -> KernelCall {
    let (batch, examples, scaling) = (operation.batch, operation.examples, operation.scaling)
    let destination = operation.output
    let form = GatherForm(examples, scaling, on: device)
    return KernelCall(
      .gather, headers: [.gatherRow], macros: form.macros,
      [
        .count(batch.count), .count(examples.columns), .count(destination.stride),
        .count(batch.indices.count), .firstIndex,
      ] + form.scale + [
        .buffer(batch.indices), .buffer(examples), .buffer(destination),
      ], .rows(batch.count),
      bytes: batch.count
        * (examples.columns * (examples.element == .byte ? 1 : 4) + destination.stride * 4))
  }
}

/// The macros and arguments for examples and scaling in kernels that gather: see `gather_row.clh`.
struct GatherForm {
  let macros: [String]
  /// Scale and offset.
  let scale: [KernelArgument]

  init(
    _ examples: Examples<OpenCLBackend>, _ scaling: DeviceScaling<OpenCLBackend>,
    on device: DeviceDescription
  ) {
    var macros = ["ELEMENT=\(examples.element == .byte ? "uchar" : "float")"]
    switch scaling {
    case .uniform(let factor, let offset): scale = [.float(factor), .float(offset)]
    case .perFeature(let scales, let offsets):
      scale = [.buffer(scales), .buffer(offsets)]
      macros.append("SCALE_PER_FEATURE")
    }
    if [Platform.pocl, Platform.intel].contains(device.platform) { macros.append("PREFETCHES") }
    self.macros = macros
  }
}
