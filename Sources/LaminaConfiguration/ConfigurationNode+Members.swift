extension ConfigurationNode {
  /// The value of a key, without checking the other keys; nil if this is not a mapping with that
  /// key.
  public func member(_ key: String) -> ConfigurationNode? {
    guard case .mapping(let members) = content else { return nil }
    return members.first { $0.key.isScalar(key) }?.value
  }

  /// The mapping without a key; any other value unchanged.
  public func without(_ key: String) -> ConfigurationNode {
    guard case .mapping(let members) = content else { return self }
    return ConfigurationNode(
      file: file, line: line, path: path,
      content: .mapping(members.filter { !$0.key.isScalar(key) }))
  }

  private func isScalar(_ text: String) -> Bool {
    if case .scalar(let own) = content { own == text } else { false }
  }
}
