import FoundationEssentials
public import Lamina

extension MatmulPlan {
  /// A file as it is stored.
  private struct Form: Codable {
    static let newest = 1
    let format: Int
    let origin: Origin
    let date: String
    let entries: [Entry]
  }

  /// Only the version of the form, which decides how to read the rest.
  private struct FormVersion: Codable { let format: Int }

  /// The reason why a file is not a usable plan.
  struct Problem: Error {
    let reason: String
  }

  private static let folder = "plans"
  private static let largestFile = 1 << 20

  /// The name of a device's file for a precision, the same for all its drivers: a plan for an old one is
  /// noticed.
  static func fileName(for device: DeviceDescription, in precision: Precision = .fp32) -> String {
    var fingerprint = Fingerprint()
    for text in [device.name, device.platform, device.vendor] { fingerprint.add(text) }
    let letters = device.name.lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    let words = String(letters).split(separator: "-").joined(separator: "-")
    let end = precision == .fp32 ? "" : "-\(precision.rawValue)"
    return "\(folder)/\(words.prefix(40))-\(fingerprint.text.prefix(8))\(end).json"
  }

  /// A plan without entries.
  public init(
    for device: DeviceDescription, precision: Precision = .fp32, in cache: CacheFolder
  ) {
    self.init(
      origin: Origin(device), date: "", entries: [],
      file: cache.file(Self.fileName(for: device, in: precision)))
  }

  /// The plan for a device; nil where there is none. One that cannot be used is left alone, with a
  /// warning.
  public static func load(
    for device: DeviceDescription, precision: Precision = .fp32, from cache: CacheFolder,
    warn: (String) -> Void
  ) -> MatmulPlan? {
    let name = fileName(for: device, in: precision)
    do throws(Problem) {
      guard let plan = try read(name, in: cache) else { return nil }
      if let difference = plan.origin.difference(from: Origin(device)) {
        throw Problem(reason: difference)
      }
      return plan
    } catch {
      warn(
        "the plan \(cache.file(name)) is ignored: \(error.reason); "
          + "lamina tune makes a new one, lamina tune --clear removes it")
      return nil
    }
  }

  /// Stores the plan as a whole.
  public func store(in cache: CacheFolder) throws(CacheError) {
    let form = Form(
      format: Form.newest, origin: origin, date: Date().ISO8601Format(), entries: entries)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let name = String(file.dropFirst(cache.path.count + 1))
    // Only numbers that JSON lacks could fail here, and no time is such.
    let text = (try? encoder.encode(form)) ?? Data()
    try cache.write(text + Data("\n".utf8), to: name)
  }

  /// The plans in a cache, and the problems of files that hold none.
  public static func all(
    in cache: CacheFolder
  ) -> [(file: String, plan: MatmulPlan?, problem: String?)] {
    cache.names(in: folder).filter { $0.hasSuffix(".json") }.map { name in
      let name = "\(folder)/\(name)"
      do throws(Problem) {
        return (cache.file(name), try read(name, in: cache), nil)
      } catch {
        return (cache.file(name), nil, error.reason)
      }
    }
  }

  /// Removes the plan for a device, or all plans; returns the paths of the files.
  public static func clear(
    for device: DeviceDescription?, in cache: CacheFolder
  ) throws(CacheError) -> [String] {
    let stored = cache.names(in: folder).map { "\(folder)/\($0)" }
    let own = device.map { device in Precision.allCases.map { fileName(for: device, in: $0) } }
    let names = stored.filter { own?.contains($0) ?? true }
    for name in names { try cache.remove(name) }
    return names.map(cache.file)
  }

  private static func read(
    _ name: String, in cache: CacheFolder
  ) throws(Problem) -> MatmulPlan? {
    let data: Data
    do throws(CacheError) {
      guard let bytes = try cache.read(name, limit: largestFile) else { return nil }
      data = Data(bytes)
    } catch {
      throw Problem(reason: error.reason)
    }
    let decoder = JSONDecoder()
    guard let version = try? decoder.decode(FormVersion.self, from: data).format else {
      throw Problem(reason: "it is damaged")
    }
    guard version == Form.newest else {
      throw Problem(reason: "its format is \(version), and this program knows \(Form.newest)")
    }
    guard let form = try? decoder.decode(Form.self, from: data),
      form.entries.allSatisfy(\.isPossible)
    else { throw Problem(reason: "it is damaged") }
    return MatmulPlan(
      origin: form.origin, date: form.date, entries: form.entries, file: cache.file(name))
  }
}

extension MatmulPlan.Entry {
  fileprivate var isPossible: Bool {
    product.isPossible && microseconds > 0 && defaultMicroseconds > 0
  }
}
