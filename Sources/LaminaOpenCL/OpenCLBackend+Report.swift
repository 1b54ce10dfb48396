public import Lamina

extension OpenCLBackend: ReportingBackend {
  /// Seconds in compilers so far, and the plan in use.
  public var report: DeviceReport {
    DeviceReport(
      compilesKernels: true, buildSeconds: buildSeconds,
      plan: planUse.map { DeviceReport.Plan(file: $0.file, products: $0.products) })
  }

  /// The commands that a run enqueues.
  public func launchCount(of prepared: Prepared) -> Int? { prepared.commandCount }
}
