import FoundationEssentials
public import Lamina
import Synchronization

/// The options of a backend: files that it may use, trials, time limits, warnings.
public struct OpenCLOptions {
  /// The precision of the factors of products.
  public var precision = Precision.fp32
  /// True if plain kernels stand in for tensor cores, which tests want.
  var emulatesTensorCores = false
  /// The folder of plans and compiled kernels; nil for neither.
  public var cache: CacheFolder?
  /// True if methods for products follow the plan that `lamina tune` stored.
  public var usesPlan: Bool
  /// True if compiled kernels are kept, where the driver does not do it.
  public var cachesKernels: Bool
  /// True if a device must show when it is opened that it runs loops to their end.
  public var triesDevice = false
  /// True if the outcomes of trials are kept.
  public var keepsTrials = false
  /// A program that tries kernels, by its path and arguments, which a device's selector follows: it
  /// runs `TrialServer`. Nil tries them in this process.
  public var trialProgram: [String]?
  /// Seconds that a trial may take, with its compilation.
  public var trialSeconds = 120.0
  /// Seconds that a wait for the device may take; nil for as long as it takes.
  public var deviceTimeout: Double? = defaultDeviceTimeout
  /// Long for a group of steps, which takes some hundredths of a second.
  public static let defaultDeviceTimeout = 60.0
  /// Takes sentences about things that were ignored or replaced.
  public var warn: (String) -> Void
  /// Takes the time of every kernel, from events of a queue that makes them; nil measures nothing.
  public var profile: Profile?

  /// Nothing from outside.
  public static var isolated: OpenCLOptions {
    OpenCLOptions(cache: nil, usesPlan: false, cachesKernels: false, warn: { _ in })
  }

  private static let usualTrialProgram = Mutex<[String]?>(nil)

  /// Sets the ``trialProgram`` of ``userDefaults(warn:)``.
  package static func useTrialProgram(_ program: [String]) {
    usualTrialProgram.withLock { $0 = program }
  }

  /// The user's cache, as far as `LAMINA_NO_PLAN`, `LAMINA_NO_KERNEL_CACHE` and
  /// `LAMINA_NO_TRIAL_CACHE` allow.
  public static func userDefaults(
    warn: @escaping (String) -> Void = { _ in }
  ) -> OpenCLOptions {
    let environment = ProcessInfo.processInfo.environment
    func isSet(_ name: String) -> Bool { !["", "0"].contains(environment[name] ?? "") }
    var options = OpenCLOptions(
      cache: CacheFolder.user(environment), usesPlan: !isSet("LAMINA_NO_PLAN"),
      cachesKernels: !isSet("LAMINA_NO_KERNEL_CACHE"), warn: warn)
    options.triesDevice = true
    options.keepsTrials = !isSet("LAMINA_NO_TRIAL_CACHE")
    options.trialProgram = usualTrialProgram.withLock { $0 }
    return options
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
