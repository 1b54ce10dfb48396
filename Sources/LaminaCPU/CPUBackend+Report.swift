public import Lamina

extension CPUBackend: ReportingBackend {
  /// Nothing is compiled ahead of operations, and no plan is followed.
  public var report: DeviceReport { DeviceReport() }

  /// Nil: operations run at once, without a queue.
  public func launchCount(of prepared: CPUSchedule) -> Int? { nil }
}
