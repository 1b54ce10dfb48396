/// What keeps a job from running or its results from being read or kept; prints as one sentence.
package struct JobError: Error, Sendable, CustomStringConvertible {
  /// Whose fault it is, which decides the exit code.
  package enum Kind: Sendable {
    /// What the user gave: files, names, numbers.
    case input
    /// Disks and devices.
    case failure
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
