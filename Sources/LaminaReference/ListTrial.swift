package import Lamina

/// A list of operations on a device with designed numbers, compared with the reference's results of
/// the same list in double precision.
package final class ListTrial<B: Backend> {
  /// The list on the device.
  package let operations: [Operation<B>]
  private let backend: B
  private let runs: [StepArguments]
  private let isExact: Bool
  private let tolerance: Float
  /// The content of each buffer before, by the operand that names it first.
  private var contents: [(operand: Access<B>, values: ContentValues)] = []
  private var expected: [(operand: Access<B>, values: [Float])] = []

  /// Makes the operands and computes the right results.
  ///
  /// - Parameter runs: The list is run once for each.
  package init(
    _ source: some OperationSource, on backend: B, runs: [StepArguments] = [StepArguments()]
  ) throws {
    self.backend = backend
    self.runs = runs
    operations = try source.operations(on: backend)
    let reference = ReferenceBackend()
    let model = try source.operations(on: reference)
    isExact = operations.allSatisfy(\.isExact)
    // A normalisation divides by the deviation of some numbers, which may be a hundredth: errors of
    // rounding grow as much, and grow again in the layers around it.
    tolerance = operations.contains(where: \.normalizes) ? 2e-3 : 2e-5
    let (own, other) = (operations.flatMap(\.accesses), model.flatMap(\.accesses))
    let places = placesOfNumbers(own)
    let categories = DesignedCategories(operations)
    for (number, place) in places.enumerated() {
      var values = ContentValues(own[place].content, seed: number)
      categories.put(into: &values, of: own[place])
      contents.append((own[place], values))
      try values.write(to: other[place], on: reference)
    }
    let prepared = reference.prepare(model)
    for arguments in runs { reference.run(prepared, with: arguments) }
    for place in places
    where own.contains(where: { $0.use.writes && $0.overlaps(own[place]) })
      && !own.contains(where: { $0.content.isPartial && $0.overlaps(own[place]) })
    {
      expected.append((own[place], try other[place].floats(on: reference)))
    }
  }

  /// The first wrong number that `run` makes, from a fresh start.
  package func mismatch<Failure: Error>(
    after run: (StepArguments) throws(Failure) -> Void
  ) throws -> (expected: Float, actual: Float)? {
    for (operand, values) in contents { try values.write(to: operand, on: backend) }
    for arguments in runs { try run(arguments) }
    for (operand, wanted) in expected {
      for (expected, actual) in zip(wanted, try operand.floats(on: backend))
      where !isRight(actual, expected) {
        return (expected, actual)
      }
    }
    return nil
  }

  private func isRight(_ actual: Float, _ expected: Float) -> Bool {
    if actual == expected || actual.isNaN && expected.isNaN { return true }
    // Numbers are about 1 and sums have some hundred terms at most, one after the other through a
    // few layers; drivers are allowed 3 units in the last place for exp and log.
    return !isExact && (actual - expected).magnitude <= tolerance * max(1, expected.magnitude)
  }
}

extension Operation {
  /// True if it divides by the deviation of some of its numbers.
  fileprivate var normalizes: Bool {
    switch self {
    case .batchNormalization, .layerNormalization, .normalize: true
    default: false
    }
  }

  /// True if small multiples of powers of two give results that are floats, whatever the order of
  /// sums.
  fileprivate var isExact: Bool {
    switch self {
    case .matmul, .columnSums, .gather, .add, .fill, .embedding, .embeddingGradients: true
    case .activation(let activation): activation.activation.isPiecewiseLinear
    case .activationDelta(let delta): delta.activation.isPiecewiseLinear
    case .update(let update): if case .sgd = update.optimizer { true } else { false }
    default: false
    }
  }
}

extension Activation {
  fileprivate var isPiecewiseLinear: Bool { [.identity, .step, .relu, .absolute].contains(self) }
}

/// Numbers for an operand.
enum ContentValues {
  case floats([Float])
  case bytes([UInt8])
  case integers([Int32])

  /// Without an obvious pattern: multiples of 1/32 from -6/32 to 6/32, or such that fit. Numbers
  /// that are never negative are squares under roots as a rule, and well above zero: results would
  /// depend on the last bits of what is divided by the root.
  init<B: Backend>(_ content: Access<B>.Content, seed: Int) {
    let count = content.rows * content.columns
    func number(_ index: Int) -> Int { (index &* 7 &+ index / 11 &+ seed &* 5) % 13 - 6 }
    switch content.element {
    case .float:
      self = .floats(
        (0..<count).map { index in
          let value = Float(number(index)) / 32
          return content.isNonnegative ? value.magnitude + 0.25 : value
        })
    case .byte: self = .bytes((0..<count).map { UInt8(number($0) + 6) })
    case .integer:
      self = .integers((0..<count).map { Int32((count - 1 - $0) % max(1, content.bound ?? 1)) })
    }
  }

  func write<B: Backend>(to operand: Access<B>, on backend: B) throws(BackendError) {
    switch self {
    case .floats(let values):
      let content = operand.content
      let matrix = Matrix<B>(
        buffer: operand.buffer, offset: operand.offset / 4, rows: content.rows,
        columns: content.columns, stride: content.stride)
      try backend.write(values, to: matrix)
    case .bytes(let values):
      try backend.write(values.span.bytes, to: operand.buffer, at: operand.offset)
    case .integers(let values):
      try backend.write(values.span.bytes, to: operand.buffer, at: operand.offset)
    }
  }
}

extension Access {
  /// The numbers of an operand of floats.
  fileprivate func floats(on backend: B) throws(BackendError) -> [Float] {
    try backend.values(
      of: Matrix<B>(
        buffer: buffer, offset: offset / 4, rows: content.rows, columns: content.columns,
        stride: content.stride))
  }
}

/// The places of operands that together have each number of a list once: none that is made of
/// others, and of those of the same memory the one that knows of its padding.
private func placesOfNumbers<B: Backend>(_ accesses: [Access<B>]) -> [Int] {
  accesses.indices.filter { place in
    let own = accesses[place]
    return !accesses.indices.contains { other in
      let access = accesses[other]
      guard other != place, own.buffer === access.buffer else { return false }
      if own.bytes == access.bytes {
        let (mine, its) = (own.content, access.content)
        if its.columns * its.rows != mine.columns * mine.rows {
          return its.columns * its.rows < mine.columns * mine.rows
        }
        // Properties of the numbers count, such as that none is negative.
        if its.isNonnegative != mine.isNonnegative { return its.isNonnegative }
        if (its.bound ?? .max) != (mine.bound ?? .max) {
          return (its.bound ?? .max) < (mine.bound ?? .max)
        }
        return other < place
      }
      return own.bytes.lowerBound <= access.bytes.lowerBound
        && own.bytes.upperBound >= access.bytes.upperBound
    }
  }
}
