extension Operation {
  /// `output[r] = scale · examples[order[first + r]] + offset` for the rows of a batch. Scale and
  /// offset are the same for all features, or there is one per feature.
  public struct Gather: OperationContent, Codable {
    /// The rows of the batch.
    public let batch: BatchIndices<B>
    /// The data set.
    public let examples: Examples<B>
    /// The scaling of the inputs.
    public let scaling: DeviceScaling<B>
    /// Receives them, batch × features.
    public let output: Matrix<B>

    package var name: String { "gather" }
    package var accesses: [Access<B>] {
      var accesses: [Access<B>] = [
        .indices("order", batch.indices, below: examples.rows), .examples("examples", examples),
      ]
      if case .perFeature(let scales, let offsets) = scaling {
        accesses += [.vector("scales", scales, .read), .vector("offsets", offsets, .read)]
      }
      return accesses + [.matrix("output", output, .write, .rows)]
    }
    package var units: Int { batch.count }
    package var work: Int { batch.count * examples.columns }
    package var batchRows: Int? { batch.count }
    package var details: String {
      switch scaling {
      case .uniform(let scale, let offset):
        "\(scale) · x" + (offset == 0 ? "" : " \(offset < 0 ? "-" : "+") \(offset.magnitude)")
      case .perFeature: "scale and offset of each feature"
      }
    }
  }

  /// ``Gather``.
  public static func gather(
    _ batch: BatchIndices<B>, of examples: Examples<B>, scaling: DeviceScaling<B>,
    into output: Matrix<B>
  ) -> Operation {
    precondition(
      output.rows == batch.count && output.columns == examples.columns && !output.isTransposed
        && batch.count <= batch.indices.count && scaling.fits(features: examples.columns),
      "gather: \(batch.count) of \(batch.indices.count) rows of \(examples.columns) columns "
        + "into \(output.shape)")
    return .gather(Gather(batch: batch, examples: examples, scaling: scaling, output: output))
  }
}
