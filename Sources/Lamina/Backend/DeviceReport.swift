/// What an open backend tells of itself while it works.
public struct DeviceReport: Sendable, Equatable {
  /// The plan by which a backend chooses how to compute products.
  public struct Plan: Sendable, Equatable {
    /// The path of its file.
    public var file: String
    /// How many of the products asked for so far it decided.
    public var products: Int

    /// Names a plan.
    public init(file: String, products: Int) {
      self.file = file
      self.products = products
    }
  }

  /// Whether the first use of an operation may wait for a compiler.
  public var compilesKernels: Bool
  /// Seconds spent in compilers, and in checks of what they made, since the backend was opened.
  public var buildSeconds: Double
  /// The plan in use; nil without one.
  public var plan: Plan?

  /// The report of a backend that compiles nothing, unless told otherwise.
  public init(compilesKernels: Bool = false, buildSeconds: Double = 0, plan: Plan? = nil) {
    self.compilesKernels = compilesKernels
    self.buildSeconds = buildSeconds
    self.plan = plan
  }
}

/// A backend that reports on its work. Backends with nothing to report need not conform: callers ask
/// any ``Backend`` through ``Backend/deviceReport`` and ``Backend/launches(of:)``.
public protocol ReportingBackend: Backend {
  /// The state of the backend now.
  var report: DeviceReport { get }

  /// The number of commands that a run of `prepared` gives to a queue; nil without a queue.
  func launchCount(of prepared: Prepared) -> Int?
}

extension Backend {
  /// The report of the backend; that of one that compiles nothing where it makes none.
  public var deviceReport: DeviceReport {
    (self as? any ReportingBackend)?.report ?? DeviceReport()
  }

  /// The number of commands that a run of `prepared` gives to a queue; nil where it is not known.
  public func launches(of prepared: Prepared) -> Int? {
    func count<Reporting: ReportingBackend>(_ backend: Reporting) -> Int? {
      (prepared as? Reporting.Prepared).flatMap { backend.launchCount(of: $0) }
    }
    return (self as? any ReportingBackend).flatMap { count($0) }
  }
}
