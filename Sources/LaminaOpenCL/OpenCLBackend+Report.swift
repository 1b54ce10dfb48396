public import Lamina

extension OpenCLBackend {
  /// The work of compilers, checks and the plan so far.
  public var report: DeviceReport {
    DeviceReport(
      compilesKernels: true, buildSeconds: buildSeconds,
      plan: planUse.map { DeviceReport.Plan(file: $0.file, products: $0.products) })
  }
}
