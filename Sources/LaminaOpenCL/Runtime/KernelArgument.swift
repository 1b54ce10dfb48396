import Lamina

/// An argument of a kernel.
enum KernelArgument {
  /// An operand: two arguments, a buffer and where the operand starts there, `const uint` in the
  /// kernel, counted in numbers of the type.
  case memory(DeviceBuffer, offset: Int, byteCount: Int, NumberType)
  /// Memory that a work-group shares, in bytes.
  case local(Int, NumberType = .vectors)
  /// Memory that a work-group shares, in bytes for each of its work-items.
  case localEach(Int, NumberType = .float)
  /// A size, `const uint` in the kernel.
  case count(Int)
  case float(Float)
  /// A `const uint` that is no size.
  case word(UInt32)
  /// Sizes and numbers as one structure: drivers such as PoCL allocate memory for every argument of
  /// every launch.
  case fields([Field])
  /// The structure of a ``StepsLaunch``.
  case steps(StepValues)
  /// A `const uint` that each step gives: where its batch begins.
  case firstIndex
  /// A `const uint` that each step gives: its number, counted from 1.
  case step
  /// A `const uint` that each step gives: the place of the first row in its batch.
  case rowOffset
  /// A float: this rate times the factor that each step gives.
  case learningRate(Float)
  /// A float: the share of the weights that a step's decay keeps, by ``StepArguments``.
  case keptShare(decay: Float, learningRate: Float)
  /// A structure of as many floats: the optimiser's coefficients of each step.
  case coefficients(Optimizer, count: Int)

  /// The numbers of an operand, as the kernel declares them.
  enum NumberType: String {
    case float, int, uchar
    /// `float4` or `float16`, by the kind of device.
    case vectors = "FLOATS"
    /// Of operands that are read by fours.
    case fours = "float4"

    /// Bytes of a number of an operand.
    var size: Int {
      switch self {
      case .float, .int: 4
      case .uchar: 1
      case .fours: 16
      case .vectors: preconditionFailure("no type of an operand")
      }
    }
  }

  /// A member of a structure, of four bytes.
  enum Field {
    /// `uint` in the kernel.
    case count(Int)
    case float(Float)
    /// `uint` in the kernel, and no size.
    case word(UInt32)
  }

  /// The number of arguments of the kernel.
  var count: Int {
    if case .memory = self { 2 } else { 1 }
  }

  /// The bits of a number that changes from step to step; nil for all others.
  func stepValue(_ step: StepArguments) -> UInt32? {
    switch self {
    case .memory, .local, .localEach, .count, .float, .word, .fields, .steps, .coefficients: nil
    case .firstIndex: UInt32(step.firstIndex)
    case .step: UInt32(truncatingIfNeeded: step.step)
    case .rowOffset: UInt32(truncatingIfNeeded: step.rowOffset)
    case .learningRate(let rate): (rate * step.learningRateFactor).bitPattern
    case .keptShare(let decay, let learningRate):
      step.share(keptBy: decay, learningRate: learningRate).bitPattern
    }
  }
}

extension KernelArgument {
  static func buffer(_ vector: Vector<OpenCLBackend>) -> KernelArgument {
    .memory(
      vector.buffer, offset: vector.offset * 4, byteCount: vector.count * 4, .float)
  }

  /// - Parameter type: The kernel's numbers.
  static func buffer(
    _ matrix: Matrix<OpenCLBackend>, _ type: NumberType = .float
  ) -> KernelArgument {
    .memory(
      matrix.buffer, offset: matrix.offset * 4, byteCount: matrix.memory.count * 4,
      type)
  }

  static func buffer(_ indices: Indices<OpenCLBackend>) -> KernelArgument {
    .memory(indices.buffer, offset: 0, byteCount: indices.count * 4, .int)
  }

  /// Examples may be bytes.
  static func buffer(_ examples: Examples<OpenCLBackend>) -> KernelArgument {
    let type: NumberType = examples.element == .byte ? .uchar : .float
    return .memory(
      examples.buffer, offset: 0, byteCount: examples.rows * examples.columns * type.size, type)
  }

  static func buffer(_ targets: LossTargets<OpenCLBackend>) -> KernelArgument {
    switch targets {
    case .labels(let labels): .buffer(labels)
    case .values(let values): .buffer(values)
    }
  }

  /// A whole buffer.
  static func buffer(_ buffer: DeviceBuffer) -> KernelArgument {
    .memory(buffer, offset: 0, byteCount: buffer.byteCount, .float)
  }

  /// The lower half of a number.
  static func word(low number: UInt64) -> KernelArgument {
    .word(UInt32(truncatingIfNeeded: number))
  }

  /// The upper half of a number.
  static func word(high number: UInt64) -> KernelArgument { .word(low: number >> 32) }
}
