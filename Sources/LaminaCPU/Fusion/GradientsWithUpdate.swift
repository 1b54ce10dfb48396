import Lamina

/// The gradients of dense layers together with the update of their parameters, by any optimiser.
/// Each thread handles its inputs of every layer. It accumulates their gradients over the whole
/// batch, so that no sums have to be merged, and updates their weights while they are in cache.
///
/// The gradients move down the list to the update. The other changes of the update follow as plain
/// updates.
struct GradientsWithUpdate: FusionRule {
  let name = "gradients with update"

  func replacement(
    for items: ArraySlice<CPUItem>, on backend: CPUBackend
  ) throws(BackendError) -> FusionReplacement<CPUBackend, TaskGroup>? {
    guard let (end, update) = Self.update(of: items) else { return nil }
    let updateItem = items[end]
    let found = (items.startIndex..<end).compactMap { index in
      items[index].plain.flatMap { UpdatedGradient($0, update) }.map { (index, $0) }
    }
    let gradients = Self.movable(Dictionary(uniqueKeysWithValues: found), among: items[..<end])
    guard gradients[items.startIndex] != nil else { return nil }
    let step = OptimizerStep(update.optimizer.rule)
    var replaced = (items.startIndex..<end).filter { gradients[$0] == nil }.map { items[$0] }
    let moved = gradients.sorted { $0.key < $1.key }
    for (index, gradient) in moved {
      let part = CPUItem(.update(gradient.update), place: updateItem.operations[0].place)
      replaced.append(
        CPUItem(gradient.tasks(step, on: backend), by: name, for: [items[index], part]))
    }
    replaced += update.parts(without: moved.map(\.value.range)).map {
      CPUItem(.update($0), place: updateItem.operations[0].place)
    }
    return FusionReplacement(count: end - items.startIndex + 1, by: replaced)
  }

  /// The update of which the first item makes a part of the gradients.
  private static func update(
    of items: ArraySlice<CPUItem>
  ) -> (place: Int, update: Operation<CPUBackend>.Update)? {
    guard let first = items.first?.plain, first.makesSums else { return nil }
    for place in items.indices.dropFirst() {
      if case .update(let update)? = items[place].plain, UpdatedGradient(first, update) != nil {
        return (place, update)
      }
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

extension Operation<CPUBackend> {
  /// True if it may be the gradient of a dense layer.
  fileprivate var makesSums: Bool {
    switch self {
    case .matmul, .columnSums: true
    default: false
    }
  }
}
