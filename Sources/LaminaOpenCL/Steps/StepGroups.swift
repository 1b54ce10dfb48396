import Lamina

/// The work-groups of a launch of whole steps.
struct StepGroups {
  /// The groups that run side by side.
  var count: Int
  /// The work-items of a group: a power of two.
  let size: Int
  /// True if groups claim their tasks, so that none waits for a group that never starts.
  var claims: Bool
  /// The way in which groups hand results to each other; nil for groups that never do.
  let order: MemoryOrder?

  /// The version of OpenCL C that kernels are compiled for.
  var language: String { order?.language ?? "CL1.2" }

  /// The work-items that take neighbouring vectors of columns; the others share their rows.
  var columnLanes: Int { min(8, size) }

  /// The macros of `tasks.clh`, `common.clh` and `columns.clh`.
  func macros(width: Int) -> [String] {
    [
      "WIDTH=\(width)", "LANES=\(size)", "ROW_LANES=\(size / columnLanes)",
      "COLUMN_LANES=\(columnLanes)", "LINEAR_GROUP",
    ] + (claims ? ["CLAIMS"] : []) + (order?.macros ?? [])
  }
}

extension OpenCLBackend {
  /// The groups of this device; nil where groups cannot hand results to each other.
  ///
  /// Compilers for processors take minutes for kernels with many barriers, so that a processor that
  /// stands in for a GPU has none.
  var stepGroups: StepGroups? {
    if shape.lanes == 1 { return stepGroups(of: 1) }
    return queue.device.isCPU || hasSlowBarriers ? nil : stepGroups(of: 256)
  }

  /// The groups of which each takes networks of its own, and hands nothing to others; nil where they
  /// are no use, as in ``stepGroups``.
  var separateGroups: StepGroups? {
    if shape.lanes == 1 { return separateGroups(of: 1) }
    return queue.device.isCPU || hasSlowBarriers ? nil : separateGroups(of: 256)
  }

  /// Groups of up to so many work-items, each for networks of its own.
  func separateGroups(of mostItems: Int) -> StepGroups {
    StepGroups(count: 1, size: groupSize(of: mostItems), claims: false, order: nil)
  }

  private func groupSize(of mostItems: Int) -> Int {
    let size = min(mostItems, queue.device.largestGroup)
    return 1 << (Int.bitWidth - 1 - size.leadingZeroBitCount)
  }

  /// Groups of up to so many work-items.
  func stepGroups(of mostItems: Int) -> StepGroups? {
    guard let order = queue.device.memoryOrder else { return nil }
    let size = groupSize(of: mostItems)
    return StepGroups(
      count: planner.computeUnits, size: size,
      claims: size == 1 || !queue.device.startsGroupsTogether, order: order)
  }

  /// True if the compiler must not optimise kernels with many barriers, which takes it minutes.
  var hasSlowBarriers: Bool { [Platform.pocl, Platform.intel].contains(device.platform) }
}
