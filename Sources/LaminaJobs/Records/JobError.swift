/// A job cannot run, or its results cannot be read or kept. Prints as one sentence.
package struct JobError: Error, Sendable, CustomStringConvertible {
  /// The kind of the error, which determines the exit code.
  package enum Kind: Sendable {
    /// Bad input of the user: files, names, numbers.
    case input
    /// A failure of a disk or a device.
    case failure
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
