import Lamina

/// The kernel that takes whole steps: its text, and the arguments that go with it.
///
/// The text is the same for steps of the same kind. All sizes are in a table that the kernel reads,
/// and what changes from step to step is in another.
struct StepProgram {
  /// The kernel, to follow the texts of ``FunctionTexts``.
  private(set) var text = ""
  /// Files with their macros, each under names of its own.
  private(set) var functions: FunctionTexts
  /// The words of the table.
  private(set) var numbers: [UInt32] = []
  private(set) var values = StepValues()
  /// The buffers, in the order of the kernel's arguments.
  private(set) var buffers: [KernelArgument] = []
  /// Bytes of local memory for a group: a word for its next task, and what functions share.
  private(set) var localBytes = 64
  /// The counters of tasks.
  let counters: Int
  /// The most tasks of a phase.
  let mostTasks: Int

  private let groups: StepGroups
  private var places: [BufferKey: Int] = [:]

  private struct BufferKey: Hashable {
    let buffer: ObjectIdentifier
    let type: KernelArgument.NumberType
  }

  /// Writes the kernel for a list; nil where its arguments are more than devices take.
  ///
  /// - Parameter tasks: The tasks of each phase.
  init?(_ phases: StepPhases, _ tasks: StepTasks, _ groups: StepGroups) {
    self.groups = groups
    functions = FunctionTexts(areInlined: groups.size > 1)
    mostTasks = tasks.phases.map(\.count).max() ?? 1
    counters = 2 + tasks.phases.reduce(0) { $0 + $1.queues }
    var body = ""
    var before = 0
    var queue = 0
    for (parts, phase) in zip(phases.phases, tasks.phases) {
      body += text(of: parts, phase, before: before, firstQueue: queue)
      before += phase.count
      queue += phase.queues
    }
    guard values.fit(besides: buffers.count + 3) else { return nil }
    let total = number(before)
    let coefficients = values.coefficients.map {
      "    const float c\($0.slot)[] = {\($0.words.map { "as_float(S(\($0)))" }.joined(separator: ", "))};\n"
    }
    let parameters = buffers.indices.map { place in
      ",\n    __global \(type(of: buffers[place]).rawValue) *b\(place), const uint b\(place)_start"
    }
    text = """
      #define N(place) numbers[place]
      #define S(place) steps.values[step * \(values.count) + place]
      typedef struct { uint count; uint values[\(values.count * values.capacity)]; } Steps;

      __kernel __attribute__((reqd_work_group_size(LANES, 1, 1))) void whole_steps(
          const Steps steps, Counter counters, const uint counters_start,
          TABLE numbers, const uint numbers_start,
          __local FLOATS *scratch\(parameters.joined())) {
        for (uint step = 0; step < steps.count; step++) {
          const uint before = step * \(total);
          uint task;
      \(coefficients.joined())\(body)  }
        end_steps(counters, \(number(counters)));
      }

      """
  }

  /// The loops over the tasks of a phase.
  ///
  /// Each part has a loop of its own: PoCL copies all that follows a condition with barriers inside,
  /// and copies these again.
  private mutating func text(
    of parts: [StepPart], _ phase: StepTasks.Phase, before: Int, firstQueue: Int
  ) -> String {
    let next = "next_task(&phase, counters, &task, (__local uint *)scratch)"
    var text = """
          {
            Phase phase = begin_phase(
                \(table(phase.bounds)), \(number(phase.queues)), \(number(firstQueue)),
                before + \(number(before)), step);
            bool more = \(next);

      """
    // Groups that go on to the queues of others come back to the first part.
    let comesBack = groups.size == 1 && parts.count > 1
    if comesBack { text += "      while (more) {\n" }
    var start = 0
    for (part, tasks) in zip(parts, phase.parts) {
      let (first, units) = (number(start), number(tasks.units))
      start += tasks.count
      let calls = joined(part.calls).map { self.text(of: $0, part.division) }
      text += """
              while (more && task - \(first) < \(number(tasks.count))) {
                const uint first = (task - \(first)) * \(units);
                const uint end = min(first + \(units), \(number(part.end)));
                \(calls.joined(separator: "\n          ALL_TOGETHER\n          "))
                end_task(counters);
                more = \(next);
              }

        """
    }
    return text + (comesBack ? "      }\n    }\n" : "    }\n")
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
  private mutating func table(_ counts: [Int]) -> String {
    let start = numbers.count
    numbers += counts.map(UInt32.init)
    return "&N(\(start))"
  }

  /// A word of the table.
  private mutating func number(_ count: Int) -> String { word(UInt32(count)) }

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
      localBytes = max(localBytes, bytes * groups.size)
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
