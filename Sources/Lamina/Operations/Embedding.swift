/// The place of an embedded column before and after an embedding.
public struct EmbeddingPlace: Sendable, Hashable, Codable {
  /// The column of the input that has the category.
  public let category: Int
  /// The first column of the output that has the row of the table.
  public let start: Int

  /// The category's column, and the first column of its row.
  public init(category: Int, start: Int) {
    self.category = category
    self.start = start
  }
}

extension Operation {
  /// `output[r, start + j] = table[c, j]`, where `c = input[r, category]`; 0 if `c` is not a whole
  /// number from 0 up to the number of rows of the table. Columns before ``copied`` are those of the
  /// input, and the others of the output stay.
  public struct Embedding: OperationContent, Codable {
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// The columns of category and row.
    public let place: EmbeddingPlace
    /// The table, categories × width.
    public let table: Matrix<B>
    /// The number of first columns that the output has from the input.
    public let copied: Int
    /// Receives the result, batch × columns.
    public let output: Matrix<B>

    package var name: String { "embedding" }
    package var accesses: [Access<B>] {
      let isWhole = copied + table.columns == output.columns
      return [
        .matrix("input", input, .read, .rows), .matrix("table", table, .read),
        .matrix("output", output, isWhole ? .write : .update, .rows),
      ]
    }
    package var units: Int { input.rows }
    package var work: Int { input.rows * (copied + table.columns) }
    package var details: String { "\(table.rows) categories" }
  }

  /// ``Embedding``.
  public static func embedding(
    _ input: Matrix<B>, _ place: EmbeddingPlace, of table: Matrix<B>, copying copied: Int,
    into output: Matrix<B>
  ) -> Operation {
    precondition(
      fits(place, input, table, output) && copied <= place.category && copied <= place.start,
      "embedding: \(input.shape) with \(table.shape) into \(output.shape)")
    return .embedding(
      Embedding(input: input, place: place, table: table, copied: copied, output: output))
  }

  /// `gradients[c, j] = Σ_r delta[r, start + j] + beta · gradients[c, j]` over the rows with
  /// `input[r, category] = c`, in their order.
  public struct EmbeddingGradients: OperationContent, Codable {
    /// The derivative of the loss by the output, batch × columns.
    public let delta: Matrix<B>
    /// The input, batch × columns.
    public let input: Matrix<B>
    /// The columns of category and row.
    public let place: EmbeddingPlace
    /// The factor of the old content.
    public let beta: Float
    /// The gradients of the table, categories × width.
    public let gradients: Matrix<B>

    package var name: String { "embeddingGradients" }
    package var accesses: [Access<B>] {
      [
        .matrix("delta", delta, .read), .matrix("input", input, .read),
        .matrix("gradients", gradients, beta == 0 ? .write : .update, .rows),
      ]
    }
    package var units: Int { gradients.rows }
    package var work: Int {
      gradients.rows * gradients.columns + input.rows * (1 + gradients.columns)
    }
    package var details: String { "\(gradients.rows) categories" }
  }

  /// ``EmbeddingGradients``.
  public static func embeddingGradients(
    _ delta: Matrix<B>, input: Matrix<B>, _ place: EmbeddingPlace, beta: Float = 0,
    into gradients: Matrix<B>
  ) -> Operation {
    precondition(
      fits(place, input, gradients, delta),
      "embeddingGradients: \(delta.shape) for \(input.shape) into \(gradients.shape)")
    return .embeddingGradients(
      EmbeddingGradients(
        delta: delta, input: input, place: place, beta: beta, gradients: gradients))
  }

  private static func fits(
    _ place: EmbeddingPlace, _ input: Matrix<B>, _ table: Matrix<B>, _ output: Matrix<B>
  ) -> Bool {
    input.rows == output.rows && place.category < input.columns
      && place.start + table.columns <= output.columns
      && ![input, table, output].contains(where: \.isTransposed)
  }
}
