import Lamina

/// The forward product of a dense layer, divided along its depth, the layer's inputs, instead of
/// along the rows of the batch. The gather before it is divided by columns.
///
/// Divided along the rows, each step moves the batch and the weights between the processor's cores.
/// Each core reads all weights, most of which other cores have changed. For its weight gradients,
/// it also reads inputs that other cores have gathered. Divided along the inputs, a core gathers,
/// reads and changes only its own inputs and weights, and only sums are exchanged: one matrix of
/// outputs per thread.
///
/// This pays off if the layer has many inputs and few outputs, as the first layer often has, and if
/// the list trains the layer. Without a gradient, each core would keep its rows from layer to
/// layer, and nothing would change the weights.
struct ProductAlongDepth: FusionRule {
  let name = "product along its depth"

  func replacement(
    for items: ArraySlice<CPUItem>, on backend: CPUBackend
  ) throws(BackendError) -> FusionReplacement<CPUBackend, TaskGroup>? {
    var rest = items
    var replaced: [CPUItem] = []
    let gather: Operation<CPUBackend>.Gather? =
      if case .gather(let gather)? = items.first?.plain { gather } else { nil }
    if let gather, let item = rest.popFirst() {
      replaced.append(CPUItem(gather.tasksByColumns(), by: name, for: [item]))
    }
    guard let layer = ActivatedProduct(rest), gather?.output.isSame(as: layer.matmul.a) != false,
      rest.contains(where: { $0.isGradient(of: layer.matmul) }),
      isWorthIt(layer.matmul, width: backend.width)
    else { return nil }
    let (product, sum) = try layer.alongDepth(on: backend)
    replaced.append(CPUItem(product, by: name, for: rest.prefix(1)))
    replaced.append(CPUItem(sum, by: name, for: rest.dropFirst().prefix(1)))
    return FusionReplacement(count: replaced.count, by: replaced)
  }

  private func isWorthIt(_ matmul: Operation<CPUBackend>.Matmul, width: Int) -> Bool {
    let (depth, output) = (matmul.depth, matmul.c)
    let moved = depth * (output.rows + output.columns)
    let sums = width * output.rows * output.columns
    return !matmul.a.isTransposed && width > 1 && depth >= 16 * width && 3 * sums <= moved
  }
}

extension CPUItem {
  /// Whether it computes the gradient of the layer's weights: a product with the transposed input
  /// of the layer.
  fileprivate func isGradient(of layer: Operation<CPUBackend>.Matmul) -> Bool {
    guard case .matmul(let product)? = plain else { return false }
    return product.a.isSame(as: layer.a.transposed)
  }
}

extension ActivatedProduct {
  /// Each thread multiplies its inputs by their weights. Then each thread adds up the sums of all
  /// threads for its rows, and applies bias and activation.
  fileprivate func alongDepth(
    on backend: CPUBackend
  ) throws(BackendError) -> (product: TaskGroup, sum: TaskGroup) {
    let (input, output) = (matmul.a, matmul.c)
    let sums = try backend.makeMatrix(rows: backend.width * output.rows, columns: output.columns)
    let (inputs, weights, outputs) = (Rows(input), Rows(matmul.b), Rows(output))
    let (parts, bias) = (Rows(sums), activation.bias?.floats)
    let function = activation.activation
    var product = TaskGroup(method: backend.products.method(alpha: 1, beta: 0, weights))
    product.add(
      CPUTask(
        Self.profileName, work: matmul.work, rows: input.columns,
        size: ProductTasks(product: matmul).size
      ) { [products = backend.products] part in
        let mine = part.rows(of: inputs.columns)
        let rows = 0..<inputs.rows
        products.matmul(
          rows: rows, inputs[rows, mine], weights[mine, 0..<weights.columns],
          into: parts.matrix(part.number, rows: inputs.rows))
      },
      [
        .matrix("input", input, .read, .columns), .matrix("weights", matmul.b, .read, .rows),
        .matrix("sums", sums, .write, .rows),
      ])
    var accesses: [Access<CPUBackend>] = [
      .matrix("sums", sums, .read), .matrix("output", output, .write, .rows),
    ]
    if let bias = activation.bias { accesses.append(.vector("bias", bias, .read)) }
    var sum = TaskGroup(method: TaskGroup.vectors)
    sum.add(
      CPUTask(
        Self.profileName, work: activation.work, rows: output.rows,
        size: .bytes(TaskGroup.byteCount(of: accesses))
      ) { part in
        let rows = part.rows(of: outputs.rows)
        outputs.add(parts, count: part.count, rows: rows)
        function.apply(to: outputs, bias: bias, rows: rows, into: outputs)
      }, accesses)
    return (product, sum)
  }
}

extension Rows {
  /// Sets some rows to the sums of those of `count` matrices that lie one below the other.
  fileprivate func add(_ terms: Rows, count: Int, rows: Range<Int>) {
    for row in rows {
      let target = self[row]
      let hasPadding = self.hasPadding && terms.hasPadding
      target.assign(terms[row], terms[row], count: columns, hasPadding: hasPadding) { x, _ in x }
      for number in 1..<count {
        target.combine(
          with: terms[number * self.rows + row], count: columns, hasPadding: hasPadding
        ) { $0 + $1 }
      }
    }
  }
}
