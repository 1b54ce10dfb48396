extension DataError {
  /// Whether the examples could not be read because their targets are missing, so that they can still
  /// be predicted. What is missing may be an input instead; reading the inputs alone tells.
  public var isAboutMissingTargets: Bool {
    switch self {
    case .table(_, .missing), .table(_, .missingTargets), .table(_, .columnCount),
      .table(_, .labelCount), .targets(_, .missing), .source(_, .loosePictures),
      .array(_, .missing):
      true
    case .foreign(_, let kind, _):
      [ForeignFile.png, .jpeg, .bmp, .idx].contains { $0.name == kind }
    default: false
    }
  }
}
