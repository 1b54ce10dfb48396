/// The use of an array in the IDX format.
public enum IDXUse: Sendable {
  /// Inputs: unsigned bytes of two or three dimensions.
  case examples
  /// Classes: integers of one or two dimensions.
  case labels
}
