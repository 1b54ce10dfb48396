import Lamina

extension CheckGroup {
  /// Sums of whole numbers are exact in any order, and a factor of 1/2 leaves them so.
  static let embedding = CheckGroup("embedding") { list in
    let sizes: [(rows: Int, others: Int, columns: [EmbeddedColumn])] = [
      (1, 0, [EmbeddedColumn(categories: 1, width: 1)]),
      (7, 3, [EmbeddedColumn(categories: 5, width: 4)]),
      (
        64, 16,
        [EmbeddedColumn(categories: 16, width: 16), EmbeddedColumn(categories: 3, width: 1)]
      ),
      (
        33, 17,
        [
          EmbeddedColumn(categories: 200, width: 13), EmbeddedColumn(categories: 31, width: 65),
          EmbeddedColumn(categories: 2, width: 7),
        ]
      ),
      (500, 0, [EmbeddedColumn(categories: 1000, width: 8)]),
    ]
    for (rows, others, columns) in sizes {
      for beta: Float in [0, 0.5, 1] {
        list.add(EmbedColumns(rows: rows, others: others, columns: columns, beta: beta), .exact)
      }
    }
    // None of these but 0, -0 and 2 is a category of three.
    let numbers: [Float] = [
      -1, 0, -0.0, 0.5, 2, 2.5, 3, 1e30, -1e30, .infinity, -.infinity, .nan, 16_777_216,
    ]
    list.add(
      EmbedColumns(
        rows: numbers.count, others: 2, columns: [EmbeddedColumn(categories: 3, width: 5)],
        numbers: numbers), .exact)
  }
}
