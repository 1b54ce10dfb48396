/// The version of this package.
public enum LaminaVersion {
  /// Such as `0.2.0`; stands in logs, in plans and in the names of cached kernels.
  public static let text = "0.2.0"
}
