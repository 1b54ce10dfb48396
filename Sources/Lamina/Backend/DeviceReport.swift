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
