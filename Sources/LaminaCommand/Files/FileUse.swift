import LaminaData

/// The files that a command reads and writes. No output may replace an input or another output.
struct FileUse {
  /// A path, and the option that names it.
  private struct Named {
    let option, path: String
    let identity: FileIdentity

    init(_ option: String, _ path: String) {
      self.option = option
      self.path = path
      identity = FileIdentity(path)
    }
  }

  private struct Output {
    let place: Named
    /// The file inside, if the place is a folder that receives files.
    let inside: FileIdentity?
    /// The option whose file this output may replace.
    let replaceable: String?
  }

  private var files: [Named] = []
  private var data: [Named] = []
  private var outputs: [Output] = []

  /// Adds a file that is read. A nil path, for an option that is not given, adds nothing.
  mutating func reads(_ path: String?, as option: String) {
    if let path { files.append(Named(option, path)) }
  }

  /// Adds a data set or a part of one: a file, or a folder with all its data.
  mutating func readsData(_ path: String?, as option: String) {
    if let path { data.append(Named(option, path)) }
  }

  /// Adds the data set of the command line. A built-in one has no files.
  mutating func readsData(_ selection: DataSelection) {
    if DrawnData(rawValue: selection.name) == nil { readsData(selection.name, as: "--data") }
  }

  /// Adds a file that is written.
  ///
  /// - Parameter replaceable: The option whose file the output may replace, because the command has
  ///   read it completely by then.
  mutating func writes(_ path: String?, as option: String, replacing replaceable: String? = nil) {
    guard let path else { return }
    outputs.append(Output(place: Named(option, path), inside: nil, replaceable: replaceable))
  }

  /// Adds a folder that receives a file named `name`, or with a similar name.
  mutating func writes(into folder: String?, as option: String, name: String) {
    guard let folder else { return }
    outputs.append(
      Output(
        place: Named(option, folder), inside: FileIdentity("\(folder)/\(name)"), replaceable: nil))
  }

  /// Refuses an output that is an input or another output, or that would become part of a data set.
  ///
  /// Files are recognised by path, through symbolic links and as hard links. Call this before
  /// anything is opened.
  func check() throws(InputError) {
    for (index, output) in outputs.enumerated() {
      let place = output.place
      if let other = outputs[..<index].first(where: { $0.place.identity.isSame(as: place.identity) }
      ) {
        throw Self.twice(other.place, place)
      }
      for file in files where file.option != output.replaceable {
        // A folder given as a file needs no protection: reading it fails before anything is
        // written.
        if !file.identity.isFolder, file.identity.isSame(as: place.identity) {
          throw Self.overwritten(file, place)
        }
      }
      for set in data { try Self.check(output, set) }
    }
  }

  private static func check(_ output: Output, _ set: Named) throws(InputError) {
    let place = output.place
    if !set.identity.isFolder, set.identity.isSame(as: place.identity) {
      throw overwritten(set, place)
    }
    let file = output.inside ?? place.identity
    guard DataFiles(path: set.path).claim(file) else { return }
    let fault =
      file.exists
      ? "which is a file of the data \(set.path)" : "which would be read as data of \(set.path)"
    throw InputError("\(place.option) writes \(place.path), \(fault); \(remedy(place))")
  }

  private static func overwritten(_ input: Named, _ output: Named) -> InputError {
    let same = input.path == output.path ? "an input" : "the input \(input.path)"
    return InputError(
      "\(output.option) writes \(output.path), which is \(same) (\(input.option)); "
        + remedy(output))
  }

  private static func remedy(_ output: Named) -> String { "give \(output.option) another path" }

  private static func twice(_ first: Named, _ second: Named) -> InputError {
    let what =
      first.path == second.path
      ? "both write \(first.path)" : "write \(first.path) and \(second.path), which are one file"
    return InputError("\(first.option) and \(second.option) \(what); give them different names")
  }
}
