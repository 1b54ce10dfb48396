import Lamina

/// The phases of a step: the parts of a phase need not wait for each other, and between phases all
/// wait for all.
struct StepPhases {
  private(set) var phases: [[StepPart]] = []

  /// Cuts a list into phases; nil where an operation has no device function.
  init?(_ operations: [Operation<OpenCLBackend>], _ calls: StepCalls) {
    var rest = operations[...]
    while let operation = rest.first {
      if let update = FlatUpdate(rest, calls) {
        add(update)
        rest = rest.dropFirst(update.operations.count)
        continue
      }
      switch calls.call(operation, at: rest.startIndex) {
      case .nothing: break
      case .units(let call): add(call, operation)
      case .tiles(let call, let tiles):
        add(StepPart(call, by: tiles, operation.accesses, work: operation.work))
      case .unknown: return nil
      }
      rest = rest.dropFirst()
    }
    // The first layers tend to be the large ones, and come last in gradients: with small parts at the
    // end of a phase groups wait for less.
    phases = phases.map { $0.reversed() }
  }

  /// Adds a part to the present phase where it can, else to a new one.
  private mutating func add(_ part: StepPart) {
    if let parts = phases.last, !parts.contains(where: { $0.dependsOn(part.accesses) }) {
      phases[phases.count - 1].append(part)
    } else {
      phases.append([part])
    }
  }

  /// Adds an operation to the present phase where it can, else to a new one.
  private mutating func add(_ call: KernelCall, _ operation: Operation<OpenCLBackend>) {
    let (accesses, work) = (operation.accesses, operation.work)
    let parts = phases.last ?? []
    let needed = parts.indices.filter { parts[$0].dependsOn(accesses) }
    if needed.isEmpty, !parts.isEmpty {
      phases[phases.count - 1].append(StepPart(call, accesses, work: work))
    } else if needed.count == 1, parts[needed[0]].canTake(call, accesses) {
      phases[phases.count - 1][needed[0]].add([.units(call)], accesses, work: work)
    } else {
      phases.append([StepPart(call, accesses, work: work)])
    }
  }

  /// Adds the end of a step. Numbers whose gradients the present phase makes follow on these, so
  /// that they are still in the cache; others are parts of their own.
  private mutating func add(_ update: FlatUpdate) {
    var pieces: [FlatUpdate.Piece] = []
    if let parts = phases.last {
      pieces = update.pieces(of: parts)
      let areFree = pieces.allSatisfy { piece in
        parts.indices.allSatisfy { update.isFree(piece, of: parts[$0], isOwn: $0 == piece.part) }
      }
      if !areFree { pieces = [] }
    }
    for piece in pieces {
      let range = piece.range
      phases[phases.count - 1][piece.part].add(
        update.calls(of: piece), update.accesses(in: range), work: update.work(in: range))
    }
    let others = update.rest(without: pieces.map(\.range)).map(update.part)
    guard !others.isEmpty else { return }
    let mustWait = (phases.last ?? []).contains { part in
      others.contains { part.dependsOn($0.accesses) }
    }
    if mustWait || phases.isEmpty {
      phases.append(others)
    } else {
      phases[phases.count - 1] += others
    }
  }
}
