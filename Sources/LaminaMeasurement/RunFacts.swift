package import Glibc

/// The facts about a run that its results need: date, command and commit.
package struct RunFacts {
  /// The time of its start, in UTC.
  package let date: String
  /// The command line that repeats it.
  package let command: String
  /// The commit: `LAMINA_COMMIT`, or that of the clone that contains the working directory.
  package let commit: String?

  /// The facts about this process.
  package init() {
    date = Self.date(at: time(nil))
    let arguments = CommandLine.arguments
    let program = arguments.first?.split(separator: "/").last.map(String.init)
    command = ([program ?? "lamina-benchmark"] + arguments.dropFirst().map(Self.quoted))
      .joined(separator: " ")
    commit = getenv("LAMINA_COMMIT").map { String(cString: $0) } ?? Self.commit(near: ".")
  }

  package static func date(at time: time_t) -> String {
    var time = time
    var parts = tm()
    gmtime_r(&time, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text[..<length].map(UInt8.init), as: UTF8.self)
  }

  /// The argument, quoted for a shell if necessary.
  package static func quoted(_ argument: String) -> String {
    let plain = argument.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-_=+,.:/@%".utf8.contains(byte)
    }
    if plain && !argument.isEmpty { return argument }
    let parts = argument.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }

  /// The commit that is checked out in `folder` or in the nearest folder above it.
  private static func commit(near folder: String) -> String? {
    var folder = folder
    for _ in 0..<8 {
      if let head = line(of: folder + "/.git/HEAD") {
        guard head.hasPrefix("ref: ") else { return head }
        let name = head.dropFirst(5)
        return line(of: folder + "/.git/\(name)")
          ?? line(of: folder + "/.git/packed-refs", endingWith: " \(name)").map {
            String($0.prefix { $0 != " " })
          }
      }
      folder += "/.."
    }
    return nil
  }

  /// The first line of a file that ends with `suffix`.
  private static func line(of path: String, endingWith suffix: String = "") -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasSuffix(suffix) }.map(String.init)
  }
}
