import Lamina

/// A whole training step: one kernel for small networks, which takes many steps in a launch.
struct WholeStepsRule: KernelRule {
  let name = "whole steps"

  func replacement(
    for items: ArraySlice<KernelItem>, on backend: OpenCLBackend
  ) throws(BackendError) -> KernelReplacement? {
    guard items.startIndex == 0 else { return nil }
    let operations = items.plain()
    guard operations.count == items.count, case .gather? = operations.first,
      operations.contains(where: \.isUpdate),
      // Their products are fp32, whatever was asked for.
      backend.precision == .fp32, !backend.forcesOtherTiles, let groups = backend.stepGroups,
      let form = groups.size == 1
        ? try processorForm(of: operations, on: backend)
        : try groupForm(of: operations, groups, on: backend)
    else { return nil }
    return KernelReplacement(count: items.count, by: [KernelItem(form, by: name, for: items)])
  }

  private func processorForm(
    of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend
  ) throws(BackendError) -> FusedKernel? {
    guard backend.isWorthWholeSteps(operations.weights),
      let form = form(of: operations, on: backend),
      try backend.isRight(name, operations, sizes: SmallSizes(ofStep: operations))
    else { return nil }
    return form
  }

  /// The form where the device's rates let it expect less time than launches take.
  private func groupForm(
    of operations: [Operation<OpenCLBackend>], _ groups: StepGroups, on backend: OpenCLBackend
  ) throws(BackendError) -> FusedKernel? {
    let sizes = SmallSizes(ofStep: operations)
    // Groups that cannot meet in a trial must not be measured. A survey makes no trials.
    guard !backend.ahead.isSurvey, form(of: operations, on: backend) != nil,
      try backend.isRight(name, operations, sizes: sizes)
    else { return nil }
    let rates = try backend.rates(of: groups)
    let tiled = groups.tiledProducts(of: operations, rates)
    guard let steps = WholeSteps(operations, backend.stepCalls(groups, tiled: tiled)) else {
      return nil
    }
    let estimate = StepEstimate(steps, rates, instead: operations)
    backend.estimate = estimate
    if !estimate.isWorthIt { return nil }
    if !tiled.isEmpty,
      try !backend.isRight(name, operations, sizes: sizes, tiled: tiled.sorted())
    {
      return nil
    }
    return .wholeSteps(steps)
  }

  func form(
    of operations: [Operation<OpenCLBackend>], on backend: OpenCLBackend
  ) -> FusedKernel? {
    form(of: operations, tiled: [], on: backend)
  }

  /// - Parameter tiled: The places of products that go by tiles.
  func form(
    of operations: [Operation<OpenCLBackend>], tiled: Set<Int>, on backend: OpenCLBackend
  ) -> FusedKernel? {
    guard let groups = backend.stepGroups else { return nil }
    return WholeSteps(operations, backend.stepCalls(groups, tiled: tiled))
      .map(FusedKernel.wholeSteps)
  }
}

extension OpenCLBackend {
  /// True if operation after operation is not better for layers with these weights: a worker reads
  /// all weights for a few rows, so that they must be in a cache, and rows of more than 512 numbers
  /// want copies of parts.
  func isWorthWholeSteps(_ weights: [(inputs: Int, outputs: Int)]) -> Bool {
    weights.allSatisfy { $0.outputs <= 512 }
      && weights.reduce(0) { $0 + $1.inputs * $1.outputs } * MemoryLayout<Float>.stride <= 4 << 20
  }

  /// True if tests want products computed by other kernels.
  var forcesOtherTiles: Bool {
    switch forcedMethod {
    case nil, .vector: false
    default: true
    }
  }
}

extension Operation<OpenCLBackend> {
  fileprivate var isUpdate: Bool {
    if case .update = self { true } else { false }
  }
}

extension [Operation<OpenCLBackend>] {
  /// The shapes of the weights that forward products have.
  var weights: [(inputs: Int, outputs: Int)] {
    compactMap { operation in
      guard case .matmul(let product) = operation, !product.a.isTransposed,
        !product.b.isTransposed
      else { return nil }
      return (product.b.rows, product.b.columns)
    }
  }
}

extension SmallSizes {
  /// Those of a whole step.
  init(ofStep operations: [Operation<OpenCLBackend>]) {
    var batch = 1
    var sizes: [Int] = []
    var pieces: [(input: Int, output: Int)] = []
    var kept: Set<Int> = []
    for operation in operations {
      switch operation {
      case .gather(let gather):
        batch = gather.batch.count
        sizes.append(gather.examples.columns)
      case .matmul(let product) where !product.a.isTransposed && !product.b.isTransposed:
        sizes.append(product.c.columns)
      case .maxout(let maxout):
        sizes.append(maxout.output.columns)
        pieces.append((maxout.input.columns, maxout.output.columns))
      case .loss(let loss) where loss.loss.outputsPerTarget > 1:
        kept.formUnion([loss.targetCount, loss.outputs.columns])
      case .embedding(let embedding):
        // Its columns have places, and tables may have many rows.
        kept.formUnion([
          embedding.input.columns, embedding.table.columns, embedding.output.columns,
        ])
        sizes.append(embedding.table.rows)
      default: break
      }
    }
    // Outputs are as many times the targets as before, and so are the pieces of a maximum.
    if !kept.isEmpty, !pieces.isEmpty {
      self.init(batch: batch, others: [], kept: kept.union(sizes).union(pieces.map(\.input)))
      return
    }
    self.init(batch: batch, others: sizes, kept: kept)
    // A column of a maximum stands for as many columns as before.
    for (input, output) in pieces.sorted(by: { $0.input < $1.input }) {
      replace(input, by: input / output * self(output))
    }
  }
}
