import Lamina

/// The text of device functions' calls within a kernel, with the operands that go with it.
///
/// Sizes and places become words of a table that the kernel reads as `N(place)`, and what changes
/// from step to step as `S(place)`: the text is the same for lists of the same kind.
struct StepText {
  /// Files with their macros, each under names of its own.
  private(set) var functions: FunctionTexts
  /// The words of the table.
  private(set) var numbers: [UInt32] = []
  var values = StepValues()
  /// The buffers, in the order of the kernel's arguments.
  private(set) var buffers: [KernelArgument] = []
  /// Bytes of local memory for a group: a word for its next task, and what functions share.
  private(set) var localBytes = 64

  private let groupSize: Int
  private var places: [BufferKey: Int] = [:]

  private struct BufferKey: Hashable {
    let buffer: ObjectIdentifier
    let type: KernelArgument.NumberType
  }

  /// - Parameters:
  ///   - groupSize: The work-items of a group.
  ///   - functions: Texts that are there already, of a list that is probably of the same kind.
  init(groupSize: Int, functions: FunctionTexts? = nil) {
    self.groupSize = groupSize
    self.functions = functions ?? FunctionTexts(areInlined: groupSize > 1)
  }

  /// The kernel's parameters for the buffers, each after a comma.
  var parameters: String {
    buffers.indices.map { place in
      ",\n    __global \(type(of: buffers[place]).rawValue) *b\(place), const uint b\(place)_start"
    }.joined()
  }

  /// The declarations of optimisers' coefficients.
  var coefficients: String {
    values.coefficients.map {
      "    const float c\($0.slot)[] = {\($0.words.map { "as_float(S(\($0)))" }.joined(separator: ", "))};\n"
    }.joined()
  }

  /// The calls of a part for the units from `first` to `end`.
  mutating func calls(of part: StepPart) -> String {
    joined(part.calls).map { text(of: $0, part.division) }
      .joined(separator: "\n          ALL_TOGETHER\n          ")
  }

  /// Puts the operations that follow a product number by number into its function: they take its sums
  /// as these are made.
  private mutating func joined(_ calls: [StepPartCall]) -> [StepPartCall] {
    guard case .units(let product)? = calls.first, product.file == .stepProduct else {
      return calls
    }
    var operands: [String] = []
    var after = ""
    var arguments: [KernelArgument] = []
    for call in calls.dropFirst() {
      guard case .numbers(let call, let numbers) = call,
        numbers.operation.lowerBound <= numbers.start, numbers.operation.upperBound >= numbers.end
      else { return calls }
      let first = arguments.count
      arguments.append(.count(numbers.start - numbers.operation.lowerBound))
      arguments += call.arguments
      operands += arguments[first...].enumerated().map { place, argument in
        "\(argument.functionType)e\(first + place)"
      }
      let names = (first + 1..<arguments.count).map { ", e\($0)" }.joined()
      after += "\(functions.name(of: call))(e\(first) + (first), e\(first) + (end)\(names)); "
    }
    guard !after.isEmpty else { return calls }
    let macros = [
      "MORE_OPERANDS=, \(operands.joined(separator: ", "))", "AFTER_SUMS(first, end)={ \(after)}",
    ]
    return [
      .units(
        KernelCall(
          product.file, headers: product.headers, macros: product.macros + macros,
          product.arguments + arguments, product.space))
    ]
  }

  private mutating func text(of call: StepPartCall, _ division: Division) -> String {
    let function = functions.name(of: call.call)
    let arguments = call.call.arguments.map { expression($0) }.joined(separator: ", ")
    switch call {
    case .units(let call):
      switch division {
      case .rows: return "\(function)(first, end, 1, \(arguments));"
      case .columns:
        return "for (uint column = first; column < end; column += COLUMN_LANES * WIDTH) "
          + "\(function)(column + get_local_id(0) % COLUMN_LANES * WIDTH, "
          + "\(number(call.space.count)), \(arguments));"
      case .numbers:
        return "\(function)(first, min(end, \(number(call.space.count))), \(arguments));"
      }
    case .tiles(_, let tiles):
      let (across, rows) = (number(tiles.across), number(tiles.tileRows))
      let (columns, allColumns) = (number(tiles.tileColumns), number(tiles.columns))
      return """
        for (uint tile = first; tile < end; tile++) {
                  const uint row = tile / \(across) * \(rows), column = tile % \(across) * \(columns);
                  \(function)(row, min(row + \(rows), \(number(tiles.rows))), 1, column,
                      min(column + \(columns), \(allColumns)), \(arguments));
                }
        """
    case .numbers(_, let numbers):
      let (start, stride) = (number(numbers.start), number(numbers.stride))
      let lower = number(numbers.operation.lowerBound)
      let bounds = "\(lower), \(number(min(numbers.end, numbers.operation.upperBound)))"
      return "\(function)(clamp(\(start) + first * \(stride), \(bounds)) - \(lower), "
        + "clamp(\(start) + end * \(stride), \(bounds)) - \(lower), \(arguments));"
    }
  }

  /// Words of the table that follow each other.
  mutating func table(_ counts: [Int]) -> String {
    let start = numbers.count
    numbers += counts.map(UInt32.init)
    return "&N(\(start))"
  }

  /// A word of the table.
  mutating func number(_ count: Int) -> String { word(UInt32(count)) }

  private mutating func word(_ word: UInt32) -> String {
    numbers.append(word)
    return "N(\(numbers.count - 1))"
  }

  private mutating func expression(_ argument: KernelArgument) -> String {
    switch argument {
    case .count(let count): return number(count)
    case .word(let value): return word(value)
    case .float(let value): return "as_float(\(word(value.bitPattern)))"
    case .memory(let buffer, let offset, _, let type):
      return "\(name(of: buffer, type)) + \(number(offset / type.size))"
    case .local(let bytes, let type):
      localBytes = max(localBytes, bytes)
      return "(__local \(type.rawValue) *)scratch"
    case .localEach(let bytes, let type):
      localBytes = max(localBytes, bytes * groupSize)
      return "(__local \(type.rawValue) *)scratch"
    case .firstIndex, .step, .rowOffset: return "S(\(values.slot(of: argument)))"
    case .learningRate, .keptShare: return "as_float(S(\(values.slot(of: argument))))"
    case .coefficients: return "c\(values.slot(of: argument))"
    case .fields, .steps: preconditionFailure("no argument of a device function")
    }
  }

  private mutating func name(
    of buffer: DeviceBuffer, _ type: KernelArgument.NumberType
  ) -> String {
    let key = BufferKey(buffer: ObjectIdentifier(buffer), type: type)
    let place = places[key] ?? buffers.count
    if places[key] == nil {
      places[key] = place
      buffers.append(.memory(buffer, offset: 0, byteCount: buffer.byteCount, type))
    }
    return "b\(place)"
  }

  private func type(of argument: KernelArgument) -> KernelArgument.NumberType {
    guard case .memory(_, _, _, let type) = argument else { return .float }
    return type
  }
}
