/// `y = (x_1, …, x_n, T_1[c_1], …, T_k[c_k])` for an input `(x_1, …, x_n, c_1, …, c_k)`: the first
/// columns as they are, then the row of each table that the category names. A number that is no
/// category gives zeros.
///
/// Backward, the gradient of a row of a table is the sum of the deltas of the examples that have its
/// category. The inputs, which are data, have no delta.
///
/// Source: Guo and Berkhahn, "Entity embeddings of categorical variables", 2016.
struct EmbeddingNode: NodeOperation {
  /// The embedded columns, the last ones of the input.
  let columns: [EmbeddedColumn]

  func forward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    let (input, output) = (pass.values[node.inputs[0]], pass.values[node.output])
    return columns.indices.map { number in
      .embedding(
        input, place(number, input), of: pass.network.parameters.tables[number],
        copying: number == 0 ? input.columns - columns.count : 0, into: output)
    }
  }

  func backward<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] { [] }

  func gradients<B: Backend>(_ node: Graph.Node, in pass: Pass<B>) -> [Operation<B>] {
    guard let delta = pass.deltas[node.output] else { return [] }
    let input = pass.values[node.inputs[0]]
    return columns.indices.map { number in
      .embeddingGradients(
        delta, input: input, place(number, input), beta: pass.gradientBeta,
        into: pass.network.gradients.tables[number])
    }
  }

  private func place<B: Backend>(_ number: Int, _ input: Matrix<B>) -> EmbeddingPlace {
    let others = input.columns - columns.count
    return EmbeddingPlace(
      category: others + number, start: columns[..<number].reduce(others) { $0 + $1.width })
  }
}
