extension Safetensors {
  /// Reads the file at `path`. Floats of 16 and 64 bits become 32-bit floats; tensors of other
  /// types, or with a number beyond the range, become ``unusable``.
  ///
  /// The header is checked against the length of the file before memory for the values is
  /// allocated. The values themselves are not checked: they may be infinite or NaN.
  public init(path: String) throws(DataError) {
    try ForeignFile.refuseAsModel(path)
    let file = try OpenFile.reading(path)
    let fileLength = try file.length()
    let header = try Self.header(of: file, fileLength: fileLength)
    var tensors: [Tensor] = []
    var unusable: [Unusable] = []
    for entry in header.entries {
      let count = entry.bytes.count / entry.element.size
      guard let (values, overflow) = try entry.element.floats(count, of: file) else {
        unusable.append(
          Unusable(
            name: entry.name, shape: entry.shape,
            problem: .elementType(tensor: entry.name, found: entry.element.rawValue)))
        continue
      }
      guard values.count == count else {
        // The file was truncated after its length was checked.
        throw .safetensors(path: path, .fileLength(wanted: fileLength, found: try file.length()))
      }
      guard let overflow else {
        tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
        continue
      }
      unusable.append(
        Unusable(
          name: entry.name, shape: entry.shape,
          problem: .valueTooLarge(
            tensor: entry.name, index: overflow.index, value: "\(overflow.value)")))
    }
    self.init(metadata: header.metadata, tensors: tensors, unusable: unusable)
  }

  /// Reads and checks the header, and leaves `file` at the first byte of data.
  private static func header(
    of file: OpenFile, fileLength: Int
  ) throws(DataError) -> SafetensorsHeader {
    let prefix = try file.read(8, of: UInt8.self)
    guard prefix.count == 8 else {
      throw .safetensors(path: file.path, .noHeader(length: prefix.count))
    }
    let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= SafetensorsLimits.header else {
      throw .safetensors(
        path: file.path, .headerTooLong(length: length, limit: SafetensorsLimits.header))
    }
    let text = try file.read(Int(length), of: UInt8.self)
    guard text.count == Int(length) else {
      throw .safetensors(path: file.path, .headerTruncated(wanted: Int(length), found: text.count))
    }
    do throws(SafetensorsProblem) {
      let header = try SafetensorsHeader(text)
      let (wanted, overflow) = header.byteCount.addingReportingOverflow(8 + text.count)
      guard wanted == fileLength, !overflow else {
        throw .fileLength(wanted: overflow ? .max : wanted, found: fileLength)
      }
      return header
    } catch {
      throw .safetensors(path: file.path, error)
    }
  }
}
