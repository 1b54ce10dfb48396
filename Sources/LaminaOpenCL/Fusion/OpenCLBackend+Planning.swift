import Lamina

/// An item with the method of its product, where it is one.
struct PlannedItem {
  let item: KernelItem
  let method: MatmulMethod?
}

extension OpenCLBackend {
  /// The items of a list after fusion, each product with its method.
  func planned(_ operations: [Operation<OpenCLBackend>]) throws(BackendError) -> [PlannedItem] {
    let items = try [KernelItem].fusing(
      operations, by: Self.rules.map { $0.erased }, without: disabledRules, on: self)
    var planned: [PlannedItem] = []
    for item in items {
      var method: MatmulMethod?
      if let product = item.product { method = try self.method(for: product) }
      planned.append(PlannedItem(item: item, method: method))
    }
    return planned
  }

  /// Adds the commands of an item.
  func encode(
    _ item: KernelItem, by method: MatmulMethod?, with encoder: CommandEncoder
  ) throws(BackendError) {
    if let product = item.product, let method {
      try encoder.encode(product, by: method, clblast)
    } else if let fused = item.fused {
      try encode(fused.form, with: encoder)
    } else if let operation = item.plain {
      try encoder.encode(operation)
    }
  }

  /// Adds the commands of a fused kernel other than a product.
  func encode(_ fused: FusedKernel, with encoder: CommandEncoder) throws(BackendError) {
    switch fused {
    case .product: preconditionFailure("a product has a method")
    case .inputLayer(let layer, let tile): try encoder.encode(layer, by: tile)
    case .outputLayer(let layer, let tile): try encoder.encode(layer, by: tile)
    case .jointUpdate(let joint): try encoder.encode(joint)
    case .wholeSteps(let steps): try encode(steps, with: encoder)
    }
  }

  /// The phase of each item: kernels of a phase do not depend on each other.
  func phases(of items: [KernelItem]) -> [Int] {
    let schedule = Schedule(items.map { $0.operations.flatMap(\.operation.accesses).undivided })
    return items.indices.map(schedule.phase)
  }

  /// An item for `--explain`.
  func stage(
    _ planned: PlannedItem, _ phase: Int, _ commands: ArraySlice<Command>
  ) -> PreparedStage {
    var kernels: [String] = []
    for command in commands where kernels.last != command.name { kernels.append(command.name) }
    // Whoever asked for another precision shall see which products have more.
    let multiplies = planned.method != nil || planned.item.fused != nil
    let isMore = multiplies && precision != .fp32 && planned.method?.precision ?? .fp32 == .fp32
    return PreparedStage(
      planned.item.operations, rule: planned.item.fused?.rule,
      method: (planned.method?.name ?? kernels.joined(separator: ", "))
        + (isMore ? " in fp32" : ""),
      phase: phase,
      launches: commands.count)
  }
}

extension KernelItem {
  /// The product that it is, with its epilogue; nil for others.
  var product: MatrixProduct? {
    if let fused {
      if case .product(let product) = fused.form { product } else { nil }
    } else if case .matmul(let product) = plain {
      MatrixProduct(product)
    } else {
      nil
    }
  }
}

extension [Access<OpenCLBackend>] {
  /// The same with memory that any group may touch: groups of a kernel are not those of another.
  fileprivate var undivided: [Access<OpenCLBackend>] { map(\.undivided) }
}
