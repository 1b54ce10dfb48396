/// An entry of a list that is being prepared: a plain operation, or the replacement of several
/// operations by a rule.
public struct FusionItem<B: Backend, Fused> {
  /// The plain operations that it stands for, each with its place in the list.
  public var operations: [(place: Int, operation: Operation<B>)]
  /// The rule with its replacement; nil for a plain operation.
  public var fused: (rule: String, form: Fused)?

  /// The plain operation; nil for a fused item.
  public var plain: Operation<B>? { fused == nil ? operations[0].operation : nil }

  /// A plain operation.
  public init(_ operation: Operation<B>, place: Int) {
    operations = [(place, operation)]
    fused = nil
  }

  /// A fused item in the place of several.
  public init(_ form: Fused, by rule: String, for items: some Sequence<FusionItem>) {
    operations = items.flatMap(\.operations)
    fused = (rule, form)
  }
}

/// A rewriting rule of a backend: a pattern of operations, a condition, and a replacement. A rule
/// changes how a list is computed, but never its results.
public protocol FusionRule<B, Fused>: Sendable {
  associatedtype B: Backend
  associatedtype Fused
  /// The name for `--explain`, for tests that turn the rule off, and for messages.
  var name: String { get }
  /// The replacement of the first items of `items`; nil if they do not fit.
  func replacement(
    for items: ArraySlice<FusionItem<B, Fused>>, on backend: B
  ) throws(BackendError) -> FusionReplacement<B, Fused>?
}

/// The replacement of the first `count` items.
public struct FusionReplacement<B: Backend, Fused> {
  let count: Int
  let items: [FusionItem<B, Fused>]

  /// Replaces the first `count` items.
  public init(count: Int, by items: [FusionItem<B, Fused>]) {
    self.count = count
    self.items = items
  }
}

extension Array {
  /// The items after all rules have been applied. Each rule passes over the list once, in the given
  /// order.
  ///
  /// - Parameter disabled: The names of rules to skip.
  public static func fusing<B: Backend, Fused>(
    _ operations: [Operation<B>], by rules: [any FusionRule<B, Fused>],
    without disabled: Set<String> = [], on backend: B
  ) throws(BackendError) -> [Element] where Element == FusionItem<B, Fused> {
    var items = operations.enumerated().map { FusionItem<B, Fused>($1, place: $0) }
    for rule in rules where !disabled.contains(rule.name) {
      var start = 0
      while start < items.count {
        if let replacement = try rule.replacement(for: items[start...], on: backend) {
          items.replaceSubrange(start..<start + replacement.count, with: replacement.items)
          start += replacement.items.count
        } else {
          start += 1
        }
      }
    }
    return items
  }
}
