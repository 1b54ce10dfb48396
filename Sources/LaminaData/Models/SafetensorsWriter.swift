extension Safetensors {
  /// Writes the file at `path`. The same contents always give the same bytes.
  ///
  /// The file is replaced atomically: if this throws or the machine stops, an existing file is
  /// still there, complete.
  public func write(to path: String) throws(DataError) {
    let header = try problems(of: path, as: DataError.safetensors, headerBytes())
    try AtomicFile(path: path).replace { file throws(DataError) in
      try file.write(header)
      for tensor in tensors { try file.write(tensor.values) }
    }
  }

  /// Checks that ``write(to:)`` could create the file at `path`, without changing anything.
  public static func checkWritable(_ path: String) throws(DataError) {
    try AtomicFile(path: path).checkWritable()
  }

  /// The length of the header followed by the header, padded so that the data start at a multiple
  /// of 8.
  private func headerBytes() throws(SafetensorsProblem) -> [UInt8] {
    guard tensors.count <= SafetensorsLimits.tensors else {
      throw .tooManyTensors(count: tensors.count, limit: SafetensorsLimits.tensors)
    }
    var members: [String] = []
    if !metadata.isEmpty {
      let notes = metadata.sorted { $0.key < $1.key }
        .map { note in "\(quoted(note.key)):\(quoted(note.value))" }
      members.append("\"\(SafetensorsLimits.metadataName)\":{\(notes.joined(separator: ","))}")
    }
    var names: Set<String> = []
    var begin = 0
    for tensor in tensors {
      try tensor.check()
      guard names.insert(tensor.name).inserted else { throw .duplicate(tensor: tensor.name) }
      let end = begin + tensor.values.count * MemoryLayout<Float>.size
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(begin),\(end)]}")
      begin = end
    }
    var bytes = [UInt8]("{\(members.joined(separator: ","))}".utf8)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: -bytes.count & 7))
    guard bytes.count <= SafetensorsLimits.header else {
      throw .headerTooLong(length: UInt64(bytes.count), limit: SafetensorsLimits.header)
    }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) }
    return length + bytes
  }
}

extension Safetensors.Tensor {
  fileprivate func check() throws(SafetensorsProblem) {
    guard name != SafetensorsLimits.metadataName else { throw .reservedName(tensor: name) }
    guard shape.count <= SafetensorsLimits.rank else {
      throw .rank(tensor: name, found: shape.count, limit: SafetensorsLimits.rank)
    }
    guard shape.allSatisfy({ $0 >= 0 }),
      SafetensorsLimits.byteCount(of: shape) == values.count * MemoryLayout<Float>.size
    else { throw .valueCount(tensor: name, shape: shape, found: values.count) }
  }
}

/// `text` as a JSON string.
private func quoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case "\n": quoted += "\\n"
    case "\r": quoted += "\\r"
    case "\t": quoted += "\\t"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
