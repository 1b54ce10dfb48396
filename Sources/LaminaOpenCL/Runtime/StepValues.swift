import Lamina

/// The values of whole steps that differ from step to step: some words for each step, which travel
/// with the launch.
struct StepValues {
  /// Words of a step.
  private(set) var count = 0
  /// Optimisers' coefficients: the words of each.
  private(set) var coefficients: [(slot: Int, words: Range<Int>)] = []
  private var sources: [Source] = []

  private struct Source {
    let argument: KernelArgument
    let start: Int
    /// The optimiser of ``KernelArgument/coefficients(_:count:)``; nil for other arguments.
    let rule: (any OptimizerRule)?
  }

  /// The steps that travel together.
  private(set) var capacity = 0

  /// The most steps that travel together.
  private static let mostSteps = 64
  /// Bytes of the arguments of a launch that every device takes.
  private static let byteLimit = 1024

  /// Finds the number of steps for which a launch has room besides some buffers; false where it has
  /// none.
  mutating func fit(besides buffers: Int) -> Bool {
    // A pointer and a start each, and the count of the steps.
    let bytes = Self.byteLimit - 16 * buffers - 16
    capacity = min(Self.mostSteps, bytes / 4 / max(1, count))
    return capacity > 0
  }

  /// True if a launch has room for some buffers.
  static func haveRoom(besides buffers: Int) -> Bool { 16 * buffers + 64 <= byteLimit }

  /// The first word of an argument. The same argument has the same words.
  mutating func slot(of argument: KernelArgument) -> Int {
    if let known = sources.first(where: { $0.argument.isSameStepValue(as: argument) }) {
      return known.start
    }
    let start = count
    var rule: (any OptimizerRule)?
    if case .coefficients(let optimizer, let words) = argument {
      rule = optimizer.rule
      count += words
      coefficients.append((start, start..<count))
    } else {
      count += 1
    }
    sources.append(Source(argument: argument, start: start, rule: rule))
    return start
  }

  /// Writes the words of a step.
  func write(_ step: StepArguments, to words: inout [UInt32], at place: Int) {
    for source in sources {
      if let rule = source.rule {
        for (number, value) in rule.coefficients(step).enumerated() {
          words[place + source.start + number] = value.bitPattern
        }
      } else if let value = source.argument.stepValue(step) {
        words[place + source.start] = value
      }
    }
  }
}

extension KernelArgument {
  /// True if both have the same value in every step.
  fileprivate func isSameStepValue(as other: KernelArgument) -> Bool {
    switch (self, other) {
    case (.firstIndex, .firstIndex), (.step, .step), (.rowOffset, .rowOffset): true
    case (.learningRate(let one), .learningRate(let other)): one == other
    case (.keptShare(let one, let rate), .keptShare(let other, let otherRate)):
      one == other && rate == otherRate
    case (.coefficients(let one, _), .coefficients(let other, _)): one == other
    default: false
    }
  }
}
