public import Lamina

extension OpenCLBackend {
  /// What compilers, checks and the plan have done so far.
  public var report: DeviceReport {
    DeviceReport(
      compilesKernels: true, buildSeconds: buildSeconds,
      plan: planUse.map { DeviceReport.Plan(file: $0.file, products: $0.products) })
  }
}
