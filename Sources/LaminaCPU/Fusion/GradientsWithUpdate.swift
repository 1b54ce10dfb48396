import Lamina

/// The gradients of dense layers together with the update of their parameters, by any optimiser.
/// Each thread handles its inputs of every layer. It accumulates their gradients over the whole
/// batch, so that no sums have to be merged, and updates their weights while they are in cache.
///
/// The gradients move down the list to the update, as does a decay of the weights that stands right
/// before it. The other changes of decay and update follow as plain operations.
struct GradientsWithUpdate: FusionRule {
  let name = "gradients with update"

  func replacement(
    for items: ArraySlice<CPUItem>, on backend: CPUBackend
  ) throws(BackendError) -> FusionReplacement<CPUBackend, TaskGroup>? {
    guard let change = Self.change(of: items) else { return nil }
    let found = (items.startIndex..<change.start).compactMap { index in
      items[index].plain.flatMap { UpdatedGradient($0, change.update, after: change.decay) }
        .map { (index, $0) }
    }
    let gradients = Self.movable(
      Dictionary(uniqueKeysWithValues: found), among: items[..<change.start])
    guard gradients[items.startIndex] != nil else { return nil }
    let step = OptimizerStep(change.update.optimizer.rule)
    var replaced = (items.startIndex..<change.start).filter { gradients[$0] == nil }
      .map { items[$0] }
    let moved = gradients.sorted { $0.key < $1.key }
    for (index, gradient) in moved {
      let parts = gradient.changes.map { operation in
        CPUItem(
          operation, place: items[change.place(of: operation)].operations[0].place)
      }
      replaced.append(
        CPUItem(gradient.tasks(step, on: backend), by: name, for: [items[index]] + parts))
    }
    replaced += change.rest(without: moved.map(\.value)).map { operation in
      CPUItem(operation, place: items[change.place(of: operation)].operations[0].place)
    }
    return FusionReplacement(count: change.end - items.startIndex + 1, by: replaced)
  }

  /// The change of which the first item makes a part of the gradients.
  private static func change(of items: ArraySlice<CPUItem>) -> ParameterChange? {
    guard let first = items.first?.plain, first.makesSums else { return nil }
    for place in items.indices.dropFirst() {
      guard case .update(let update)? = items[place].plain else { continue }
      var change = ParameterChange(update: update, end: place)
      if case .decay(let decay)? = items[place - 1].plain { change.decay = decay }
      if UpdatedGradient(first, update, after: change.decay) != nil { return change }
    }
    return nil
  }

  /// The gradients that can move to the end of the items, each with its part of the update. No
  /// remaining item and no other gradient may touch the memory that they read or write.
  private static func movable(
    _ gradients: [Int: UpdatedGradient], among items: ArraySlice<CPUItem>
  ) -> [Int: UpdatedGradient] {
    var movable = gradients
    var isStable = false
    while !isStable {
      isStable = true
      for (index, gradient) in movable.sorted(by: { $0.key < $1.key }) {
        let isHeld = items[(index + 1)...].indices.contains { other in
          movable[other] == nil
            && items[other].operations.contains { $0.operation.dependsOn(gradient.operation) }
        }
        let isShared = movable.contains { other, value in
          other != index && value.operation.dependsOn(.update(gradient.update))
        }
        if isHeld || isShared || !gradient.isCutAlike {
          movable[index] = nil
          isStable = false
        }
      }
    }
    return movable
  }
}

/// An update in a list, with the decay of weights that stands right before it.
private struct ParameterChange {
  let update: Operation<CPUBackend>.Update
  var decay: Operation<CPUBackend>.Decay?
  /// The place of the update.
  let end: Int

  /// The place of its first operation.
  var start: Int { decay == nil ? end : end - 1 }

  /// The place of the operation that has this part.
  func place(of part: Operation<CPUBackend>) -> Int {
    if case .decay = part { start } else { end }
  }

  /// What these gradients leave to do.
  func rest(without gradients: [UpdatedGradient]) -> [Operation<CPUBackend>] {
    let decays = decay?.parts(without: gradients.compactMap(\.decayedRange)) ?? []
    return decays.map { .decay($0) }
      + update.parts(without: gradients.map(\.range)).map { .update($0) }
  }
}

extension Operation<CPUBackend> {
  /// True if it may be the gradient of a dense layer.
  fileprivate var makesSums: Bool {
    switch self {
    case .matmul, .columnSums: true
    default: false
    }
  }
}
