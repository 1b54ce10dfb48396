/// The version of this package.
public enum LaminaVersion {
  /// The version, such as `0.2.0`. It is part of logs, of plans and of the names of cached kernels.
  public static let text = "0.2.0"
}
