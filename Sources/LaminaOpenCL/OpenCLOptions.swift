import FoundationEssentials
public import Lamina

/// What a backend takes from outside of the program, and whom it tells of troubles.
public struct OpenCLOptions {
  /// Where plans and compiled kernels lie; nil for neither.
  public var cache: CacheFolder?
  /// Whether methods for products follow the plan that `lamina tune` stored.
  public var usesPlan: Bool
  /// Whether compiled kernels are kept, where the driver does not do it.
  public var cachesKernels: Bool
  /// Takes sentences about what was ignored or replaced.
  public var warn: (String) -> Void
  /// Takes the time of every kernel, from events of a queue that makes them; nil measures nothing.
  public var profile: Profile?

  /// Nothing from outside.
  public static var isolated: OpenCLOptions {
    OpenCLOptions(cache: nil, usesPlan: false, cachesKernels: false, warn: { _ in })
  }

  /// The user's cache, as far as `LAMINA_NO_PLAN` and `LAMINA_NO_KERNEL_CACHE` allow.
  public static func userDefaults(
    warn: @escaping (String) -> Void = { _ in }
  ) -> OpenCLOptions {
    let environment = ProcessInfo.processInfo.environment
    func isSet(_ name: String) -> Bool { !["", "0"].contains(environment[name] ?? "") }
    return OpenCLOptions(
      cache: CacheFolder.user(environment), usesPlan: !isSet("LAMINA_NO_PLAN"),
      cachesKernels: !isSet("LAMINA_NO_KERNEL_CACHE"), warn: warn)
  }

  /// Puts options together.
  public init(
    cache: CacheFolder?, usesPlan: Bool, cachesKernels: Bool, warn: @escaping (String) -> Void
  ) {
    self.cache = cache
    self.usesPlan = usesPlan
    self.cachesKernels = cachesKernels
    self.warn = warn
  }
}
