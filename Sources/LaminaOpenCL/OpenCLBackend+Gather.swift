import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `gather.cl`, compiled for bytes and for floats, for one scale and for one a feature.
  public func enqueueGather(
    _ batch: BatchIndices<OpenCLBackend>, of examples: Examples<OpenCLBackend>,
    scaling: DeviceScaling<OpenCLBackend>, into destination: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    let form = GatherForm(examples, scaling, on: device)
    try perform(
      .gather, headers: [.gatherRow], macros: form.macros,
      [
        .fields([
          .count(batch.count), .count(examples.columns), .count(destination.stride),
          .count(batch.indices.count),
        ]), .firstIndex,
      ] + form.scale + [
        .buffer(batch.indices.storage), examples.argument, .buffer(destination.storage),
      ], Work.rows(batch.count),
      bytes: batch.count
        * (examples.columns * (examples.element == .byte ? 1 : 4) + destination.stride * 4))
  }
}

extension Examples<OpenCLBackend> {
  /// The buffer, whose numbers may be bytes.
  var argument: KernelArgument {
    .buffer(storage, numberBytes: element == .byte ? 1 : MemoryLayout<Float>.stride)
  }
}

/// What kernels that gather are told of examples and scaling: see `gather_row.clh`.
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
      scale = [.buffer(scales.storage), .buffer(offsets.storage)]
      macros.append("SCALE_PER_FEATURE")
    }
    if [Platform.pocl, Platform.intel].contains(device.platform) { macros.append("PREFETCHES") }
    self.macros = macros
  }
}
