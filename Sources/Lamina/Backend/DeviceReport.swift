/// The state of an open backend.
public struct DeviceReport: Sendable, Equatable {
  /// The plan by which a backend chooses how to compute products.
  public struct Plan: Sendable, Equatable {
    /// The path of its file.
    public var file: String
    /// The number of products so far whose method it decided.
    public var products: Int

    /// Names a plan.
    public init(file: String, products: Int) {
      self.file = file
      self.products = products
    }
  }

  /// True if the first use of an operation may wait for a compiler.
  public var compilesKernels: Bool
  /// Seconds spent in compilers and in checks of kernels since the backend was opened.
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
