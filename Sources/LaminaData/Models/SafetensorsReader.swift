extension Safetensors {
  /// Reads the file at `path`, which must contain 32-bit floats only.
  ///
  /// The header is checked against the length of the file before memory for the values is
  /// allocated. The values themselves are not checked: they may be infinite or NaN.
  public init(path: String) throws(DataError) {
    try ForeignFile.refuseAsModel(path)
    let file = try OpenFile.reading(path)
    let fileLength = try file.length()
    let header = try Self.header(of: file, fileLength: fileLength)
    var tensors: [Tensor] = []
    for entry in header.entries {
      let count = entry.bytes.count / MemoryLayout<Float>.stride
      let values = try file.read(count, of: Float.self)
      guard values.count == count else {
        // The file was truncated after its length was checked.
        throw .safetensors(path: path, .fileLength(wanted: fileLength, found: try file.length()))
      }
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
    }
    self.init(metadata: header.metadata, tensors: tensors)
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
