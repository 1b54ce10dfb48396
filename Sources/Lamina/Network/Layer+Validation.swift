extension Layer {
  /// Refuses invalid sizes and numbers. `name` identifies the layer.
  func validate(inputs: Int, name: String) throws(NetworkError) {
    switch self {
    case .dense(let outputs, let activation):
      try Self.validate(outputs: outputs, name: name)
      try activation.validate()
    case .activation(let activation): try activation.validate()
    case .residual(let layers): try Self.validate(block: layers, inputs: inputs, name: name)
    case .batchNormalization(let momentum, let epsilon):
      try require(
        momentum > 0 && momentum <= 1, "the momentum of \(name)", is: momentum,
        wanted: "above 0 and at most 1, such as 0.1")
      try Self.validate(epsilon: epsilon, name: name)
    case .layerNormalization(let epsilon): try Self.validate(epsilon: epsilon, name: name)
    case .dropout(let rate):
      try require(
        rate >= 0 && rate < 1, "the rate of \(name)", is: rate,
        wanted: "from 0 up to 1, such as 0.5")
    case .maxout(let outputs, let pieces):
      try Self.validate(outputs: outputs, name: name)
      try require(
        (2...1_000).contains(pieces), "the pieces of \(name)", is: pieces, wanted: "from 2 to 1000")
      try require(
        outputs * pieces <= largestSize, "the outputs times pieces of \(name)",
        is: outputs * pieces, wanted: "at most \(largestSize)")
    case .embedding(let columns): try Self.validate(embedded: columns, inputs: inputs, name: name)
    }
  }

  private static func validate(outputs: Int, name: String) throws(NetworkError) {
    try require(
      (1...largestSize).contains(outputs), "the size of \(name)", is: outputs,
      wanted: "from 1 to \(largestSize)")
  }

  private static func validate(epsilon: Float, name: String) throws(NetworkError) {
    try require(
      epsilon.isFinite && epsilon > 0, "the epsilon of \(name)", is: epsilon,
      wanted: "a positive number such as 1e-5")
  }

  private static func validate(
    embedded columns: [EmbeddedColumn], inputs: Int, name: String
  ) throws(NetworkError) {
    try require(
      !columns.isEmpty, "the number of embedded columns of \(name)", is: "0", wanted: "at least 1")
    try require(
      columns.count <= inputs, "the number of embedded columns of \(name)", is: columns.count,
      wanted: "at most \(inputs), the number of inputs")
    for (number, column) in columns.enumerated() {
      let of = "of embedded column \(number + 1) of \(name)"
      try require(
        (1...largestSize).contains(column.categories), "the number of categories \(of)",
        is: column.categories, wanted: "from 1 to \(largestSize)")
      try require(
        (1...largestWidth).contains(column.width), "the width \(of)", is: column.width,
        wanted: "from 1 to \(largestWidth)")
    }
  }

  private static func validate(
    block layers: [Layer], inputs: Int, name: String
  ) throws(NetworkError) {
    try require(!layers.isEmpty, "the number of layers in \(name)", is: "0", wanted: "at least 1")
    let outputs = try layers.validate(
      inputs: inputs, prefix: "\(name), layer ", isBlock: true)
    guard outputs == inputs else {
      throw .mismatch(
        "\(name) is a residual block with \(inputs) inputs and \(outputs) outputs; "
          + "they must be as many, since they are added")
    }
  }
}

private let largestSize = 1_000_000
private let largestWidth = 4_096

extension [Layer] {
  /// Refuses invalid layers. Returns the number of outputs of the last one.
  ///
  /// - Parameters:
  ///   - inputs: The number of inputs of the first one.
  ///   - prefix: Begins the names of the layers.
  ///   - isBlock: Whether they are inside of another layer.
  func validate(
    inputs: Int, prefix: String, isBlock: Bool = false
  ) throws(NetworkError) -> Int {
    var size = inputs
    for (number, layer) in enumerated() {
      if case .embedding = layer, number > 0 || isBlock {
        throw .mismatch(
          "\(prefix)\(number + 1) is an embedding; only the first layer of a network can be one, "
            + "since it takes numbers of categories from the data")
      }
      try layer.validate(inputs: size, name: "\(prefix)\(number + 1)")
      size = layer.outputs(inputs: size)
    }
    return size
  }
}
