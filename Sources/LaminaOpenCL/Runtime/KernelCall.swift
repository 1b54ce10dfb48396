import Lamina

/// A call of the device function of an operation, from which both kernels of one operation and
/// kernels of whole steps are made.
///
/// The function is in a file of its own and has its name, with an ending that tells how its work is
/// divided: `activation_rows` in `activation.cl`. Its parameters are the part of the work that it
/// does, as ``IndexSpace`` says, and then the ``arguments``.
struct KernelCall {
  let file: KernelFile
  let headers: [KernelFile]
  /// What the operation fixes in the text of its files.
  let macros: [String]
  let arguments: [KernelArgument]
  /// The work.
  let space: IndexSpace
  /// The bytes that it reads and writes; nil for all of its operands.
  let bytes: Int?
  /// The first row of a part is a multiple of this.
  let unit: Int

  init(
    _ file: KernelFile, headers: [KernelFile] = [], macros: [String] = [],
    _ arguments: [KernelArgument], _ space: IndexSpace, bytes: Int? = nil, unit: Int = 1
  ) {
    self.file = file
    self.headers = headers
    self.macros = macros
    self.arguments = arguments
    self.space = space
    self.bytes = bytes
    self.unit = unit
  }

  /// The name of the device function.
  var function: String { "\(file.kernelName)_\(space.division.rawValue)" }
}

/// The parts that a device function takes.
enum Division: String {
  /// `(first, end, step)`: every `step`-th row from `first` on; the lanes of a group share each.
  case rows
  /// `(column, columns)`: a vector of columns, perhaps beyond the end; lanes share its rows.
  case columns
  /// `(first, end)`: numbers of flat arrays, by the lanes of a group.
  case numbers
}

extension IndexSpace {
  var division: Division {
    switch self {
    case .rows, .groups, .sums: .rows
    case .columns: .columns
    case .flat: .numbers
    }
  }

  /// The number of rows, columns or numbers.
  var count: Int {
    switch self {
    case .rows(let count), .groups(let count), .sums(let count), .columns(let count),
      .flat(let count):
      count
    }
  }

  /// The arguments by which a kernel of one operation calls its device function: the part of a
  /// work-item, where `numbers.count` is the number of rows, columns or numbers.
  fileprivate func part(_ shape: WorkShape) -> String {
    switch self {
    case .rows: "get_global_id(1), numbers.count, get_global_size(1)"
    case .groups, .sums: "get_group_id(1), numbers.count, get_num_groups(1)"
    case .columns: "get_global_id(0) * WIDTH, numbers.count"
    case .flat:
      "get_group_id(0) * \(shape.groupNumbers), "
        + "min((uint)(get_group_id(0) + 1) * \(shape.groupNumbers), numbers.count)"
    }
  }
}

extension KernelCall {
  /// The arguments of ``text``, in its order.
  var kernelArguments: [KernelArgument] {
    [.fields([.count(space.count)] + arguments.compactMap(\.field))]
      + arguments.filter { $0.field == nil }
  }

  /// A kernel that does the operation and nothing else.
  ///
  /// Numbers that stay the same are one structure: drivers such as PoCL allocate memory for every
  /// argument of every launch.
  func text(_ shape: WorkShape) -> String {
    var fields = ["uint count;"]
    var parameters = ["const Numbers numbers"]
    var types: [String] = []
    var passed = [space.part(shape)]
    for (place, argument) in arguments.enumerated() {
      let name = "a\(place)"
      switch argument {
      case .count, .word:
        fields.append("uint \(name);")
        passed.append("numbers.\(name)")
      case .float:
        fields.append("float \(name);")
        passed.append("numbers.\(name)")
      case .memory(_, _, _, let type):
        parameters.append("__global \(type.rawValue) *\(name), const uint \(name)_start")
        passed.append("\(name) + \(name)_start")
      case .local(_, let type), .localEach(_, let type):
        parameters.append("__local \(type.rawValue) *\(name)")
        passed.append(name)
      case .firstIndex, .step, .rowOffset:
        parameters.append("const uint \(name)")
        passed.append(name)
      case .learningRate, .keptShare:
        parameters.append("const float \(name)")
        passed.append(name)
      case .coefficients(_, let count):
        types.append("typedef struct { float values[\(count)]; } Coefficients\(place);")
        parameters.append("const Coefficients\(place) \(name)")
        passed.append("\(name).values")
      case .fields, .steps: preconditionFailure("no argument of a device function")
      }
    }
    return """
      typedef struct { \(fields.joined(separator: " ")) } Numbers;
      \(types.joined(separator: "\n"))
      __kernel void \(file.kernelName)(
          \(parameters.joined(separator: ",\n    "))) {
        \(function)(\(passed.joined(separator: ", ")));
      }

      """
  }
}

extension KernelArgument {
  /// The type of a device function's parameter for it.
  var functionType: String {
    switch self {
    case .count, .word, .firstIndex, .step, .rowOffset: "const uint "
    case .float, .learningRate, .keptShare: "const float "
    case .coefficients: "const float *"
    case .memory(_, _, _, let type): "__global \(type.rawValue) *"
    case .local(_, let type), .localEach(_, let type): "__local \(type.rawValue) *"
    case .fields, .steps: preconditionFailure("no argument of a device function")
    }
  }

  /// It as a member of a structure; nil for what is none, or changes from step to step.
  fileprivate var field: Field? {
    switch self {
    case .count(let count): .count(count)
    case .word(let word): .word(word)
    case .float(let value): .float(value)
    default: nil
    }
  }
}
