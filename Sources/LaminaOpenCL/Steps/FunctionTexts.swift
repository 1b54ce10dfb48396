/// The texts of device functions in one program. Files that are compiled with other macros, or again
/// with other headers, get names of their own.
struct FunctionTexts {
  private(set) var text = ""
  /// True if no call of a function remains: calls need a stack, which GPUs have in memory.
  private let areInlined: Bool

  private struct Key: Hashable {
    let files: [KernelFile]
    let macros: [String]
  }
  private var names: [Key: Int] = [:]

  init(areInlined: Bool) { self.areInlined = areInlined }

  /// The name of a call's function, whose text is added where it is not there yet.
  mutating func name(of call: KernelCall) -> String {
    let key = Key(files: call.headers + [call.file], macros: call.macros)
    if let number = names[key] { return "\(call.function)_\(number)" }
    let number = names.count
    names[key] = number
    add(key, number)
    return "\(call.function)_\(number)"
  }

  private mutating func add(_ key: Key, _ number: Int) {
    let texts = key.files.map { String(cString: $0.text) }
    let functions = texts.flatMap { Self.functions($0) + Self.types($0) }
    for macro in key.macros {
      let parts = macro.split(separator: "=", maxSplits: 1)
      text += "#define \(parts[0]) \(parts.count > 1 ? parts[1] : "1")\n"
    }
    for function in functions { text += "#define \(function) \(function)_\(number)\n" }
    let all = texts.joined(separator: "\n")
    // PoCL makes two copies of a kernel, and calls of one function keep both small.
    text +=
      areInlined
      ? all.replacing("static inline ", with: "__attribute__((always_inline)) static inline ")
      : all.replacing(
        /static inline (void \w+_(?:rows|columns|numbers)\()/,
        with: { "__attribute__((noinline)) static \($0.output.1)" })
    let macros =
      key.macros.map { String($0.prefix { !"=(".contains($0) }) } + texts.flatMap(Self.macros)
    for name in Set(functions + macros).sorted() { text += "#undef \(name)\n" }
  }

  /// The names of the functions that a text defines.
  private static func functions(_ text: String) -> [String] {
    text.matches(of: /(?m)^(?:__attribute__\(\(.*\)\) )?static (?:inline )?\w+ \*?(\w+)\(/)
      .map { String($0.output.1) }
      + text.matches(of: /(?m)^DEFINE_\w+\((\w+),/).map { String($0.output.1) }
  }

  /// The names of the structures that a text defines.
  private static func types(_ text: String) -> [String] {
    text.matches(of: /(?m)^(?:typedef struct \{.*)?\} (\w+);/).map { String($0.output.1) }
  }

  /// The names of the macros that a text defines.
  private static func macros(_ text: String) -> [String] {
    text.matches(of: /(?m)^ *#define (\w+)/).map { String($0.output.1) }
  }
}
