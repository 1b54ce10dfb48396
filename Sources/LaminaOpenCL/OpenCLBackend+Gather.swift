import CKernelSources
public import Lamina

extension OpenCLBackend {
  /// By `gather.cl`, compiled for bytes and for floats, for one scale and for one a feature.
  public func enqueueGather(
    _ batch: BatchIndices<OpenCLBackend>, of examples: Examples<OpenCLBackend>,
    scaling: DeviceScaling<OpenCLBackend>, into destination: Matrix<OpenCLBackend>
  ) throws(BackendError) {
    let element = examples.element == .byte ? "uchar" : "float"
    let scale: [KernelArgument]
    switch scaling {
    case .uniform(let factor, let offset): scale = [.float(factor), .float(offset)]
    case .perFeature(let scales, let offsets):
      scale = [.buffer(scales.storage), .buffer(offsets.storage)]
    }
    var form = if case .perFeature = scaling { ["SCALE_PER_FEATURE"] } else { [String]() }
    if [Platform.pocl, Platform.intel].contains(device.platform) { form.append("PREFETCHES") }
    try perform(
      .gather, macros: ["ELEMENT=\(element)"] + form,
      [
        .fields([
          .count(batch.count), .count(examples.columns), .count(destination.stride),
          .count(batch.indices.count),
        ]), .firstIndex,
      ] + scale + [
        .buffer(batch.indices.storage), .buffer(examples.storage), .buffer(destination.storage),
      ], shape.rows(batch.count),
      bytes: batch.count
        * (examples.columns * (examples.element == .byte ? 1 : 4) + destination.stride * 4))
  }
}
